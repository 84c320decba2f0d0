internal import Emit
internal import Hashing
internal import Ingest
internal import JSON
internal import Records

/// The receipt of a finished task: it names the job, and tells what was made.
enum Receipt {
  /// The receipt at a path; nil where there is none.
  ///
  /// - Parameter digest: of the job that it has to be of.
  /// - Throws: ``JobError`` for one of another job, or for what is no receipt.
  static func read(_ path: String, of digest: String) throws -> JSONValue? {
    guard FileDigest.exists(path) else { return nil }
    let receipt = try JSONFile.read(path)
    guard let job = receipt["job"]?.text, var members = receipt.members,
      let seal = members.popLast(), seal.name == Array(Self.seal.utf8),
      seal.value == .string(Self.digest(of: members))
    else {
      throw JobError(
        .damaged, "this is not a receipt of a job, or it was changed", at: path,
        hint: "remove the file and run its step again")
    }
    guard job.elementsEqual(digest.utf8) else {
      throw JobError(
        .otherJob, "this was made by another job, of other settings or inputs", at: path,
        hint: "make a new job in another folder, or remove this one")
    }
    return receipt
  }

  /// Writes the receipt of a task.
  static func write(_ members: [JSONValue.Member], to path: String, of digest: String) throws {
    let members = [JSONValue.Member(name: "job", value: .string(digest))] + members
    // Numbers may be others once they are read back: 2.0 is 2.
    let read = JSONValue(document: JSONValue.object(members).document)?.members ?? members
    let receipt = JSONValue.object(
      members + [.init(name: Self.seal, value: .string(Self.digest(of: read)))])
    try SharedFile.write(receipt.document, to: path)
  }

  /// The member that comes last, with the digest of all others.
  private static let seal = "receipt_sha256"

  private static func digest(of members: [JSONValue.Member]) -> String {
    SHA256.digest(of: JSONValue.object(members).compact).hexadecimal
  }
}

/// Files of JSON that the steps of a job write for each other.
enum JSONFile {
  static func read(_ path: String) throws -> JSONValue {
    guard let value = JSONValue(document: try WholeFile.bytes(of: path)) else {
      throw JobError(
        .damaged, "this file is not JSON", at: path,
        hint: "remove the file and run its step again")
    }
    return value
  }
}
