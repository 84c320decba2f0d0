internal import Hashing
package import JSON

extension InputReport {
  /// The report as JSON, without loss.
  package var document: JSONValue {
    [
      "name": .string(name), "bytes": .integer(byteCount), "sha256": .string(digest.hexadecimal),
      // Of its 64 bits no sign must be lost to readers that know doubles alone.
      "checksum": .string(String(checksum, radix: 16)), "rows": .integer(rows),
      "skipped_member_count": .integer(skippedMemberCount),
      "skipped_members": .list(skippedMembers.map { .string($0) }),
    ]
  }

  /// Reads what ``document`` writes; nil where it is something else.
  package init?(_ document: JSONValue) {
    guard let name = document.text("name"), let byteCount = document.integer("bytes"),
      let digest = document.text("sha256").flatMap([UInt8].init(hexadecimal:)),
      let checksum = document.text("checksum").flatMap({ UInt64($0, radix: 16) }),
      let rows = document.integer("rows"),
      let skippedMemberCount = document.integer("skipped_member_count"),
      let skippedMembers = document.list("skipped_members", \.text)
    else { return nil }
    self.init(
      name: name, byteCount: byteCount, digest: digest, checksum: checksum, rows: rows,
      skippedMemberCount: skippedMemberCount,
      skippedMembers: skippedMembers.map { String(decoding: $0, as: UTF8.self) })
  }
}
