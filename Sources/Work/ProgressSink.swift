/// Is told how far the work is; where it is shown, the caller decides.
package protocol ProgressSink: Sendable {
  /// Starts a stage of so many bytes; 0 where it is not measured in bytes.
  func begin(_ stage: String, total: Int)
  /// So many bytes are done; on any thread.
  func update(_ done: Int)
  /// Ends the stage.
  func end()
}
