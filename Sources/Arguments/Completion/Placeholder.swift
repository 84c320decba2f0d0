/// What can stand where a usage line has a name such as `FILE`.
enum Placeholder {
  case file, folder
  /// `key=value` of the configuration.
  case setting
  /// The words of a command, one after the other.
  case command
  /// A number, a name or the like, of which nothing is known before it is typed.
  case anything

  /// The names that usage lines and options have, each with one meaning everywhere.
  static let meanings: [String: Placeholder] = [
    "CONFIG": .file, "DATASET": .file, "FILE": .file, "INPUT": .file, "NEW": .file, "OLD": .file,
    "SCORES": .file,
    "DIR": .folder, "JOB": .folder,
    "key=value": .setting,
    "COMMAND": .command,
    "COLUMN": .anything, "CONDITION": .anything, "FD": .anything, "FIELD": .anything,
    "FORMAT": .anything, "N": .anything, "NAME": .anything, "NAME=FILE:COLUMN": .anything,
    "NAME=PATH": .anything, "NUMBER": .anything, "PROFILE": .anything, "R/N": .anything,
    "RULE": .anything, "SCALE": .anything, "SHELL": .anything, "WHEN": .anything,
    "WORD": .anything, "X": .anything,
  ]
}
