import Records

@testable import Rows

extension RowSchema {
  /// A schema in the order in which tests think of it.
  init(fields: FieldMap, layout: Answers, characteristics: [Characteristic]) {
    self.init(.nested, layout, fields: fields)
    self.characteristics = characteristics
  }
}
