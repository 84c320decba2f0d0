internal import Bytes
internal import Parquet
internal import Records

extension ValueAppender: ValueSink {
  func integer(_ value: Int) { integer(Int64(value)) }

  func message(_ role: StaticString, _ content: [UInt8], _ shape: MessageShape) {
    let roleMember = shape.dialect == .shareGPT ? 0 : 1
    role.withBytes { self[roleMember].text($0) }
    self[1 - roleMember].text(content)
  }

  func list(count: Int, _ element: (Int, inout ValueAppender) -> Void) {
    list(count: count) { (index: Int, appender: ValueAppender) in
      var appender = appender
      element(index, &appender)
    }
  }

  func structure(_ fields: [ColumnType.Field], _ member: (Int, inout ValueAppender) -> Void) {
    for index in fields.indices {
      var appender = self[index]
      member(index, &appender)
    }
  }
}
