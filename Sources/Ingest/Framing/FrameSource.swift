/// What cuts one text into frames of whole rows.
protocol FrameSource: AnyObject {
  /// The next rows; nil at the end of the text.
  func next() throws(IngestError) -> Frame?
}
