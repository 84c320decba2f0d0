internal import Bytes

/// The wanted fields of a row: a tree of dotted paths, and a slot for what was found at each.
///
/// A path that meets a list on its way collects the rest of the path from each element, so
/// `completions.reward` gives the rewards of a list of objects.
package struct FieldSlots {
  package typealias Node = Int

  /// What was found at a path.
  package struct Slot {
    /// The value, `.absent` where the path ends inside the elements of a list.
    package var value = JSONSlice.absent
    /// Whether a list stands at the path or on the way to it.
    package var isList = false
    /// The list's elements; `.absent` for an element that lacks the rest of the path.
    package var elements: [JSONSlice] = []

    package var isPresent: Bool { value.kind != .absent || isList }
  }

  /// A name on the way to wanted fields; siblings are linked, as most lookups end at the first.
  private struct TreeNode {
    /// Where its name is in `names`.
    var nameStart = 0
    var nameCount = 0
    var firstChild: Node?
    var nextSibling: Node?
    var slot: Int?
    /// The slots at or below this node.
    var slots: [Int] = []
  }

  private var nodes = [TreeNode()]
  private var names: [UInt8] = []
  private var slots: [Slot] = []
  /// The slots in which this row has put something.
  private var filled: [Int] = []
  /// The element being read of the list being read, or nil outside lists.
  private var element: Int?
  /// The names of top-level fields that are not wanted, in the order of their first appearance.
  package private(set) var otherNames: [[UInt8]] = []
  /// The one that comes next if this row is like the last.
  private var expectedOther = 0

  /// More names are not kept: a row with so many is a map, not columns.
  private static let otherNameLimit = 1000

  package let root: Node = 0

  package init() {}

  /// Adds a dotted path to those wanted and returns the index of its slot.
  package mutating func want(_ path: String) -> Int {
    want(path.split(separator: ".", omittingEmptySubsequences: false).map(String.init))
  }

  /// Adds a path to those wanted and returns the index of its slot.
  package mutating func want(_ path: [String]) -> Int {
    var trail = [root]
    for name in path { trail.append(child(of: trail[trail.count - 1], named: Array(name.utf8))) }
    let node = trail[trail.count - 1]
    if let slot = nodes[node].slot { return slot }
    slots.append(Slot())
    nodes[node].slot = slots.count - 1
    for node in trail { nodes[node].slots.append(slots.count - 1) }
    return slots.count - 1
  }

  /// The child of this name, which is made if there is none.
  private mutating func child(of parent: Node, named name: [UInt8]) -> Node {
    var last: Node?
    var next = nodes[parent].firstChild
    while let node = next {
      let start = nodes[node].nameStart
      if names[start..<start + nodes[node].nameCount].elementsEqual(name) { return node }
      last = node
      next = nodes[node].nextSibling
    }
    nodes.append(TreeNode(nameStart: names.count, nameCount: name.count))
    names += name
    if let last {
      nodes[last].nextSibling = nodes.count - 1
    } else {
      nodes[parent].firstChild = nodes.count - 1
    }
    return nodes.count - 1
  }

  package subscript(slot: Int) -> Slot { slots[slot] }

  /// The value of a slot, without its elements.
  package func value(_ slot: Int) -> JSONSlice { slots[slot].value }

  /// Whether any of some slots holds something: neither null nor an empty text.
  package func holdsAny(of wanted: [Int]) -> Bool {
    for slot in wanted {
      switch slots[slot].value.kind {
      case .absent: if slots[slot].isList { return true }
      case .null: continue
      case .plainString: if slots[slot].value.start != slots[slot].value.end { return true }
      default: return true
      }
    }
    return false
  }

  // MARK: What the scanner does

  /// Forgets what was found in the last row.
  package mutating func reset() {
    element = nil
    expectedOther = 0
    for slot in filled { empty(slot) }
    filled.removeAll(keepingCapacity: true)
  }

  /// The node of the wanted field that `key` names inside the object at `node`.
  package mutating func child(
    of node: Node, named key: JSONSlice, in source: PaddedBytes
  ) -> Node? {
    if key.kind == .plainString {
      let count = key.end - key.start
      var next = nodes[node].firstChild
      while let child = next {
        if nodes[child].nameCount == count {
          let start = nodes[child].nameStart
          let isSame = source.withBytes(key.range) {
            $0.equals(names.span.extracting(start..<(start + count)))
          }
          if isSame { return child }
        }
        next = nodes[child].nextSibling
      }
    } else {
      let name = JSONString.text(of: key, in: source)
      var next = nodes[node].firstChild
      while let child = next {
        let start = nodes[child].nameStart
        if names[start..<start + nodes[child].nameCount].elementsEqual(name) { return child }
        next = nodes[child].nextSibling
      }
    }
    if node == root { noteOther(key, in: source) }
    return nil
  }

  /// Remembers the name of a top-level field that is not wanted.
  private mutating func noteOther(_ key: JSONSlice, in source: PaddedBytes) {
    if expectedOther < otherNames.count,
      JSONString.bytes(of: key, in: source, equal: otherNames[expectedOther])
    {
      expectedOther += 1
      return
    }
    let name = JSONString.text(of: key, in: source)
    if let known = otherNames.firstIndex(of: name) {
      expectedOther = known + 1
    } else if otherNames.count < Self.otherNameLimit {
      otherNames.append(name)
      expectedOther = otherNames.count
    }
  }

  /// Forgets the names of fields that are not wanted.
  package mutating func forgetOtherNames() {
    otherNames.removeAll(keepingCapacity: true)
    expectedOther = 0
  }

  /// Forgets what a field held that stands in the object once more: the last one counts, as in
  /// Python.
  package mutating func clear(below node: Node) {
    for slot in nodes[node].slots {
      if let element {
        if slots[slot].elements.count > element { slots[slot].elements.removeLast() }
      } else {
        empty(slot)
      }
    }
  }

  /// Notes the value of a wanted field.
  package mutating func note(_ value: JSONSlice, at node: Node) {
    guard let slot = nodes[node].slot else { return }
    if element != nil {
      slots[slot].elements.append(value)
    } else {
      slots[slot].value = value
      filled.append(slot)
    }
  }

  /// Starts a list at `node`; false inside another list, whose elements alone are collected.
  package mutating func beginList(at node: Node) -> Bool {
    guard element == nil else { return false }
    element = 0
    for slot in nodes[node].slots {
      slots[slot].isList = true
      filled.append(slot)
    }
    return true
  }

  /// Ends an element of the list at `node`.
  package mutating func noteElement(_ value: JSONSlice, at node: Node) {
    guard let index = element else { return }
    if let slot = nodes[node].slot { slots[slot].elements.append(value) }
    for slot in nodes[node].slots where slots[slot].elements.count == index {
      slots[slot].elements.append(.absent)
    }
    element = index + 1
  }

  /// Ends the list.
  package mutating func endList() { element = nil }

  private mutating func empty(_ slot: Int) {
    slots[slot].value = .absent
    slots[slot].isList = false
    slots[slot].elements.removeAll(keepingCapacity: true)
  }
}
