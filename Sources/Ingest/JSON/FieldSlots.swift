internal import Glibc

/// The wanted fields of a row: a tree of dotted paths, and a slot for what was found at each.
///
/// A path that meets a list on its way collects the rest of the path from each element, so
/// `completions.reward` gives the rewards of a list of objects.
struct FieldSlots {
  typealias Node = Int

  /// What was found at a path.
  struct Slot {
    /// The value, `.absent` where the path ends inside the elements of a list.
    var value = JSONValue.absent
    /// Whether a list stands at the path or on the way to it.
    var isList = false
    /// The list's elements; `.absent` for an element that lacks the rest of the path.
    var elements: [JSONValue] = []

    var isPresent: Bool { value.kind != .absent || isList }
  }

  private struct TreeNode {
    var key: [UInt8]
    var children: [Node] = []
    var slot: Int?
    /// The slots at or below this node.
    var slots: [Int] = []
  }

  private var nodes = [TreeNode(key: [])]
  private var slots: [Slot] = []
  /// The element being read of the list being read, or nil outside lists.
  private var element: Int?

  let root: Node = 0

  /// Adds a path to those wanted and returns the index of its slot.
  mutating func want(_ path: String) -> Int {
    var trail = [root]
    for key in path.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      let parent = trail[trail.count - 1]
      let key = Array(key)
      if let child = nodes[parent].children.first(where: { nodes[$0].key == key }) {
        trail.append(child)
      } else {
        nodes.append(TreeNode(key: key))
        nodes[parent].children.append(nodes.count - 1)
        trail.append(nodes.count - 1)
      }
    }
    let node = trail[trail.count - 1]
    if let slot = nodes[node].slot { return slot }
    slots.append(Slot())
    nodes[node].slot = slots.count - 1
    for node in trail { nodes[node].slots.append(slots.count - 1) }
    return slots.count - 1
  }

  subscript(slot: Int) -> Slot { slots[slot] }

  // MARK: What the scanner does

  /// Forgets what was found in the last row.
  mutating func reset() {
    element = nil
    for slot in slots.indices { empty(slot) }
  }

  /// The node of the wanted field that `key` names inside the object at `node`.
  func child(of node: Node, named key: JSONValue, in base: UnsafePointer<UInt8>) -> Node? {
    for child in nodes[node].children {
      if JSONString.bytes(of: key, in: base, equal: nodes[child].key) { return child }
    }
    return nil
  }

  /// Forgets what a field held that stands in the object once more: the last one counts, as in
  /// Python.
  mutating func clear(below node: Node) {
    for slot in nodes[node].slots {
      if let element {
        if slots[slot].elements.count > element { slots[slot].elements.removeLast() }
      } else {
        empty(slot)
      }
    }
  }

  /// Notes the value of a wanted field.
  mutating func note(_ value: JSONValue, at node: Node) {
    guard let slot = nodes[node].slot else { return }
    if element != nil {
      slots[slot].elements.append(value)
    } else {
      slots[slot].value = value
    }
  }

  /// Starts a list at `node`; false inside another list, whose elements alone are collected.
  mutating func beginList(at node: Node) -> Bool {
    guard element == nil else { return false }
    element = 0
    for slot in nodes[node].slots { slots[slot].isList = true }
    return true
  }

  /// Ends an element of the list at `node`.
  mutating func noteElement(_ value: JSONValue, at node: Node) {
    guard let index = element else { return }
    if let slot = nodes[node].slot { slots[slot].elements.append(value) }
    for slot in nodes[node].slots where slots[slot].elements.count == index {
      slots[slot].elements.append(.absent)
    }
    element = index + 1
  }

  /// Ends the list.
  mutating func endList() { element = nil }

  private mutating func empty(_ slot: Int) {
    slots[slot].value = .absent
    slots[slot].isList = false
    slots[slot].elements.removeAll(keepingCapacity: true)
  }
}
