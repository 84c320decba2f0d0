internal import Calibrate
internal import Curves
internal import JSON
internal import Records
internal import Settings

/// The curves of `calibration.curve`, which fit what they are used for as far as that can be seen
/// without the rewards.
struct SavedCurves {
  let contents: CurveFile.Contents
  private let path: String
  private let calibration: Configuration.Calibration

  /// Reads the file; nil where none is named.
  ///
  /// - Parameter tokenizer: the file by which tokens are counted; nil where none are.
  /// - Throws: ``CurveFile/Failure`` for curves of other characteristics, of another tokenizer or of
  ///   rewards that were transformed in another way.
  init?(_ calibration: Configuration.Calibration, tokenizer: String?) throws {
    guard let path = calibration.curve else { return nil }
    self.path = path
    self.calibration = calibration
    contents = try CurveFile.read(path)
    try checkCharacteristics()
    try checkTokenizer(tokenizer)
    try checkTransform()
  }

  /// Settings of a fit that are not those by which the curves were fitted; nil where there are none.
  var unusedSettings: Diagnostic? {
    let recorded = contents.fit?["calibration"]
    let (mine, usual) = (values(of: calibration), values(of: .init()))
    let unused = Self.fitSettings.compactMap { name -> String? in
      guard let value = mine[name], value != usual[name] else { return nil }
      let fitted = recorded?[name].map { String(decoding: $0.compact, as: UTF8.self) }
      if fitted == value { return nil }
      return "calibration.\(name) (\(value)" + (fitted.map { "; the curve has \($0)" } ?? "") + ")"
    }
    guard !unused.isEmpty else { return nil }
    return Diagnostic(
      .warning,
      "nothing is fitted where a curve is read, so these are not used: "
        + unused.joined(separator: ", "), at: SourceLocation(file: path),
      hint: "leave them out, or fit a curve by them with `dpo-prep fit`", code: "unused_settings")
  }

  // MARK: Parts

  /// The settings that say how a curve is fitted.
  private static let fitSettings = [
    "method", "scope", "model_effects", "frac", "iterations", "delta", "ratio", "min_count",
    "coefficient",
  ]

  /// Values by the names of settings, as JSON.
  private func values(of calibration: Configuration.Calibration) -> [String: String] {
    var configuration = Configuration()
    configuration.calibration = calibration
    let values = configuration.resolvedValues()["calibration"]
    return Dictionary(
      uniqueKeysWithValues: Self.fitSettings.compactMap { name in
        (values?[name]).map { (name, String(decoding: JSONValue($0).compact, as: UTF8.self)) }
      })
  }

  private func checkCharacteristics() throws {
    let saved = contents.curves.map(\.characteristic)
    let names = calibration.characteristics.map(\.measure.name)
    guard saved != names else { return }
    throw CurveFile.Failure(
      .otherCharacteristics,
      "the curve was fitted on \(saved.joined(separator: ", ")), "
        + "but calibration.characteristics names \(names.joined(separator: ", "))",
      file: path, hint: "name the same characteristics in the same order, or fit another curve")
  }

  private func checkTokenizer(_ tokenizer: String?) throws {
    guard let tokenizer, let saved = contents.tokenizer, calibration.countsTokens else { return }
    guard saved.sha256 != (try TokenizerSource.record(of: tokenizer).sha256) else { return }
    throw CurveFile.Failure(
      .otherTokenizer,
      "the curve was fitted on tokens of \(saved.path), and input.tokenizer is another file, "
        + tokenizer,
      file: path,
      hint: "set input.tokenizer to the file with the SHA-256 \(saved.sha256), or fit another curve"
    )
  }

  private func checkTransform() throws {
    guard calibration.curveCheck else { return }
    let population = contents.population
    let transform = population?.transform ?? "none"
    let isOtherClip = calibration.transform == .logit && population?.clip != calibration.clip
    guard transform != calibration.transform.rawValue || isOtherClip else { return }
    let clip = population?.clip.map { " and calibration.clip: \($0)" } ?? ""
    throw CurveFile.Failure(
      .otherTransform,
      "the curve was fitted on "
        + (transform == "none"
          ? "rewards as they came"
          : "transformed rewards (\(transform)\(population?.clip.map { ", clip \($0)" } ?? ""))")
        + ", but calibration.transform is "
        + calibration.transform.rawValue + (isOtherClip ? ", clip \(calibration.clip)" : ""),
      file: path, hint: "set calibration.transform: \(transform)\(clip), or fit another curve")
  }
}

extension Configuration.Calibration {
  /// Whether tokens are among the characteristics.
  var countsTokens: Bool { characteristics.contains { $0.measure == .tokens } }
}
