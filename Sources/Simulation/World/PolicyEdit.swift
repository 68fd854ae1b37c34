/// Edits of a policy file's text that leave everything else as it is: comments, order and indentation.
enum PolicyEdit {
    /// Puts an element at the head of one of the file's lists; makes the list where there is none of these.
    ///
    /// - Parameters:
    ///   - element: HuJSON, without a comma.
    ///   - lists: names of lists at the top of the file; the first that is there takes the element.
    static func inserting(_ element: String, into lists: [String], of text: String) -> String {
        var bytes = Array(text.utf8)
        let places = heads(of: bytes)
        for list in lists {
            guard let place = places.first(where: { $0.name == list })?.place else { continue }
            bytes.insert(contentsOf: Array("\n\t\t\(element),".utf8), at: place)
            return String(decoding: bytes, as: UTF8.self)
        }
        guard let open = bytes.indices.first(where: { isStructure(bytes, at: $0) && bytes[$0] == UInt8(ascii: "{") })
        else { return text }
        bytes.insert(contentsOf: Array("\n\t\"\(lists[0])\": [\n\t\t\(element),\n\t],".utf8), at: open + 1)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Renames one of the file's lists at its top, so that the service takes no notice of what is in it.
    static func without(_ list: String, of text: String) -> String {
        var bytes = Array(text.utf8)
        guard let head = heads(of: bytes).first(where: { $0.name == list }) else { return text }
        var depth = 1
        var end = head.place
        var scanner = Scanner(bytes, from: end)
        while depth > 0, let (place, byte) = scanner.next() {
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
            end = place
        }
        bytes.removeSubrange(head.place..<end)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The lists at the top of the file: their names and the places behind their opening brackets.
    private static func heads(of bytes: [UInt8]) -> [(name: String, place: Int)] {
        var found: [(name: String, place: Int)] = []
        var scanner = Scanner(bytes, from: 0)
        var depth = 0
        while let (place, byte) = scanner.next() {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == 1, byte == UInt8(ascii: "["), let name = scanner.lastString {
                    found.append((name, place + 1))
                }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return found
    }

    private static func isStructure(_ bytes: [UInt8], at place: Int) -> Bool {
        var scanner = Scanner(bytes, from: 0)
        while let (next, _) = scanner.next() {
            if next >= place { return next == place }
        }
        return false
    }

    /// Walks over brackets, colons and commas, past strings and comments.
    private struct Scanner {
        private let bytes: [UInt8]
        private var place: Int
        private(set) var lastString: String?

        init(_ bytes: [UInt8], from place: Int) {
            self.bytes = bytes
            self.place = place
        }

        mutating func next() -> (place: Int, byte: UInt8)? {
            while place < bytes.count {
                let byte = bytes[place]
                switch byte {
                case UInt8(ascii: "\""): skipString()
                case UInt8(ascii: "/"): skipComment()
                case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"):
                    place += 1
                    return (place - 1, byte)
                default: place += 1
                }
            }
            return nil
        }

        private mutating func skipString() {
            let start = place + 1
            place = start
            while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
                place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
            }
            lastString = String(decoding: bytes[start..<min(place, bytes.count)], as: UTF8.self)
            place += 1
        }

        private mutating func skipComment() {
            let next = place + 1 < bytes.count ? bytes[place + 1] : 0
            if next == UInt8(ascii: "/") {
                while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
            } else if next == UInt8(ascii: "*") {
                place += 2
                while place + 1 < bytes.count,
                    !(bytes[place] == UInt8(ascii: "*") && bytes[place + 1] == UInt8(ascii: "/"))
                {
                    place += 1
                }
                place += 2
            } else {
                place += 1
            }
        }
    }
}
