internal import CKernels

/// Counts words as Python's `len(text.split())` does.
package enum Words {
  /// The number of runs of anything but white space.
  package static func count(_ text: Span<UInt8>) -> Int {
    var words = 0
    var isInWord = false
    var position = 0
    while position < text.count {
      let (isSpace, length) = space(in: text, at: position)
      if !isSpace, !isInWord { words += 1 }
      isInWord = !isSpace
      position += length
    }
    return words
  }

  /// The text with each run of white space as one space, and none at its ends.
  package static func collapsed(_ text: Span<UInt8>) -> [UInt8] {
    [UInt8](capacity: text.count) { output in
      var isSpaceDue = false
      var position = 0
      while position < text.count {
        if !isSpaceDue, !output.isEmpty {
          position += copyEvenWords(text.extracting(position..<text.count), to: &output)
        }
        let isPlain = (0x21..<0x80).contains(text[position])
        let (isSpace, length) = isPlain ? (false, 1) : space(in: text, at: position)
        if isSpace {
          isSpaceDue = !output.isEmpty
        } else {
          if isSpaceDue {
            output.append(0x20)
            isSpaceDue = false
          }
          for offset in 0..<length { output.append(text[position + offset]) }
        }
        position += length
      }
    }
  }

  /// Appends what `text` begins with of words with one space between them, and says how much.
  private static func copyEvenWords(_ text: Span<UInt8>, to output: inout OutputSpan<UInt8>) -> Int
  {
    // The kernel may write as many bytes as it may read.
    precondition(text.count <= output.freeCapacity)
    return text.withUnsafeBufferPointer { text in
      output.withUnsafeMutableBufferPointer { output, count in
        guard let start = output.baseAddress else { return 0 }
        let copied = copy_even_words(text.baseAddress, text.count, start + count)
        count += copied
        return copied
      }
    }
  }

  /// Whether a code point that Python's `str.isspace` accepts starts at `position`, and the bytes
  /// to go on by.
  package static func space(
    in text: Span<UInt8>, at position: Int
  ) -> (isSpace: Bool, length: Int) {
    let lead = text[position]
    switch lead {
    case 0x09...0x0D, 0x1C...0x20:
      return (true, 1)
    case 0xC2:
      // U+0085 next line, U+00A0 no-break space
      let isSpace = text[position + 1] == 0x85 || text[position + 1] == 0xA0
      return (isSpace, 2)
    case 0xE1...0xE3:
      let scalar =
        (UInt32(lead) & 0x0F) << 12 | (UInt32(text[position + 1]) & 0x3F) << 6
        | UInt32(text[position + 2]) & 0x3F
      switch scalar {
      case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return (true, 3)
      default: return (false, 3)
      }
    case 0xC3...0xDF: return (false, 2)
    case 0xE0, 0xE4...0xEF: return (false, 3)
    case 0xF0...0xF7: return (false, 4)
    default: return (false, 1)
    }
  }

  /// Whether there is nothing but white space, as Python's `str.strip` sees it.
  package static func isBlank(_ text: Span<UInt8>) -> Bool {
    var position = 0
    while position < text.count {
      let (isSpace, length) = space(in: text, at: position)
      guard isSpace else { return false }
      position += length
    }
    return true
  }
}
