/// What can stand beside a conversation and belongs to its prompt.
package struct ContextField: Sendable {
  /// The name that it is written under.
  package let name: String
  /// The names that it is read under.
  package let paths: [String]
  /// Whether it is a list, and one value alone a list of one.
  package let isList: Bool

  /// The names of top-level fields that they are read under.
  package static let names = Set(all.flatMap(\.paths))

  /// Every one, in the order in which they are written.
  package static let all = [
    ContextField(name: "tools", paths: ["tools", "input.tools"], isList: false),
    ContextField(
      name: "images", paths: ["images", "image", "img_path", "image_path"], isList: true),
    ContextField(name: "videos", paths: ["videos", "video"], isList: true),
    ContextField(name: "audios", paths: ["audios", "audio"], isList: true),
    ContextField(name: "chat_template_kwargs", paths: ["chat_template_kwargs"], isList: false),
  ]
}
