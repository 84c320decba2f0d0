internal import Glibc
package import Report

extension StandardStream {
  /// Whether the stream is a terminal.
  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// The columns of the terminal that the stream is; nil where it is none, or does not tell.
  package var width: Int? {
    var size = winsize()
    guard isTerminal, ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  /// The columns of the terminal that standard output is, or what COLUMNS says of it; nil where it is
  /// none, or does not tell: files and pipes take everything.
  package static var outputWidth: Int? {
    guard output.isTerminal else { return nil }
    if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return columns }
    return output.width
  }

  /// The columns of figures, which have some even in a file.
  package static var figureWidth: Int { outputWidth ?? 80 }

  /// The characters that the locale (LC_ALL, else LC_CTYPE, else LANG) can write.
  package static var glyphs: Glyphs {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty }
    let encoding = (locale ?? "").lowercased().split(separator: ".").last ?? ""
    return encoding.hasPrefix("utf-8") || encoding.hasPrefix("utf8") ? .unicode : .ascii
  }

  package static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
