/// A column of a file that is read.
package struct ReadLeaf: Sendable {
  /// What becomes of a value in a row.
  enum Form: Equatable, Sendable {
    case boolean
    case signed, unsigned
    case float, double, half
    /// Text by its type.
    case text
    /// Bytes that may be text: older writers did not say.
    case bytes
    /// The same, with a digest for what is no UTF-8, such as an image.
    case bytesOrDigest
    case decimal(scale: Int)
    case date
    case time(TimeUnit)
    case timestamp(TimeUnit, isUTC: Bool)
    /// Nanoseconds of a day and the day, as the first writers of timestamps stored them.
    case dayAndTime
    case uuid
  }

  /// Its place among all columns of the file.
  let index: Int
  let name: String
  let type: PhysicalType
  let annotation: Annotation
  /// The bytes of a value where all have the same number.
  let byteCount: Int
  /// The highest levels that its entries can have.
  let definition: UInt8
  let repetition: UInt8
  /// nil for types that are not read.
  var form: Form?
  /// Why values of this type are not read; nil for those that are.
  let refusal: String?

  /// What JSON has for values.
  package enum JSONForm: Sendable {
    case truth, number, text
  }

  /// What JSON has for its values.
  package var jsonForm: JSONForm {
    switch form {
    case .boolean: .truth
    case .signed, .unsigned, .float, .double, .half, .decimal: .number
    default: .text
    }
  }

  /// Whether its values may be infinite or no numbers.
  package var mayBeNotFinite: Bool { form == .float || form == .double || form == .half }

  /// Whether its values are texts by their type.
  package var isText: Bool { form == .text }

  /// Whether a ``ColumnBatch`` has its values, and not only its levels.
  package var isRead: Bool {
    switch form {
    case .text, .boolean, .signed, .unsigned, .float, .double: true
    default: false
    }
  }

  /// More decimal places than any writer has.
  private static let scaleLimit = 100

  package init(_ element: SchemaElement, _ type: PhysicalType, index: Int, levels: (UInt8, UInt8)) {
    self.index = index
    self.type = type
    annotation = element.annotation
    name = element.name
    (definition, repetition) = levels
    byteCount = type == .int96 ? 12 : Int(element.typeLength ?? 0)
    form = Self.form(type, element.annotation, byteCount)
    refusal = form == nil ? "the type \(Self.name(type, element.annotation))" : nil
  }

  private static func form(
    _ type: PhysicalType, _ annotation: Annotation, _ byteCount: Int
  ) -> Form? {
    switch (type, annotation) {
    case (.int32, .decimal(let scale)), (.int64, .decimal(let scale)),
      (.byteArray, .decimal(let scale)), (.fixedLengthByteArray, .decimal(let scale)):
      (0...scaleLimit).contains(scale) ? .decimal(scale: scale) : nil
    case (.int32, .date): .date
    case (.int32, .time(.milliseconds)): .time(.milliseconds)
    case (.int64, .time(let unit)): .time(unit)
    case (.int64, .timestamp(let unit, let isUTC)): .timestamp(unit, isUTC: isUTC)
    case (.fixedLengthByteArray, .float16): byteCount == 2 ? .half : nil
    case (.fixedLengthByteArray, .uuid): byteCount == 16 ? .uuid : nil
    case (.int96, .none): .dayAndTime
    case (_, .decimal), (_, .date), (_, .time), (_, .timestamp), (_, .float16), (_, .uuid),
      (_, .other), (.int96, _), (.fixedLengthByteArray, _):
      nil
    case (.boolean, _): .boolean
    case (.int32, .integer(_, false)), (.int64, .integer(_, false)): .unsigned
    case (.int32, _), (.int64, _): .signed
    case (.float, _): .float
    case (.double, _): .double
    case (.byteArray, .none): .bytes
    case (.byteArray, _): .text
    }
  }

  private static func name(_ type: PhysicalType, _ annotation: Annotation) -> String {
    switch annotation {
    case .decimal: "DECIMAL in this form"
    case .date: "DATE in this form"
    case .time: "TIME in this form"
    case .timestamp: "TIMESTAMP in this form"
    case .float16: "FLOAT16 in this form"
    case .uuid: "UUID in this form"
    case .other(let meaning): meaning
    default: type == .int96 ? "INT96 in this form" : "FIXED_LEN_BYTE_ARRAY (bytes)"
    }
  }
}
