/// Writes a JSON text: members stand in the order in which they are put, and keys and strings are escaped here.
///
///     JSONWriter.object { json in
///         json.member("id", incident.id)
///         json.objects("stages", incident.stages) { json, stage in json.member("name", stage.name) }
///     }
///
/// Only values that know their own JSON can be put, and brackets close with the block that fills them: no text is
/// unbalanced, and no string ends too early. A member outside of an object, or an element outside of a list, is a
/// programmer's error.
package struct JSONWriter {
    /// How a text is spaced.
    package enum Layout: Sendable {
        /// `{"a":1,"b":[1,2]}`
        case compact
        /// `{"a": 1, "b": [1, 2]}`, and what stands line by line is indented.
        case spaced
    }

    /// The innermost object or list that is open.
    private struct Container {
        var isObject: Bool
        /// Whether each member or element has a line of its own.
        var isByLine: Bool
        var isEmpty = true
    }

    private var text: [UInt8] = []
    private let isSpaced: Bool
    private var container: Container?
    /// How many containers that stand line by line are open.
    private var lineDepth = 0

    private init(_ layout: Layout) { isSpaced = layout == .spaced }

    /// The text of an object.
    ///
    /// - Parameters:
    ///   - byLine: whether each member stands on a line of its own.
    ///   - members: puts them.
    package static func object(
        _ layout: Layout = .compact, byLine: Bool = false, _ members: (inout JSONWriter) -> Void
    ) -> String {
        var writer = JSONWriter(layout)
        writer.object(byLine: byLine, members)
        return String(decoding: writer.text, as: UTF8.self)
    }

    /// The text of a value.
    package static func text(_ value: some JSONWritable) -> String {
        var writer = JSONWriter(.compact)
        value.write(to: &writer)
        return String(decoding: writer.text, as: UTF8.self)
    }

    // MARK: Members of an object

    /// Puts a member.
    package mutating func member(_ key: String, _ value: some JSONWritable) {
        begin(key)
        value.write(to: &self)
    }

    /// Puts a member that is an object.
    package mutating func object(_ key: String, byLine: Bool = false, _ members: (inout JSONWriter) -> Void) {
        begin(key)
        object(byLine: byLine, members)
    }

    /// Puts a member that is a list.
    package mutating func list(_ key: String, byLine: Bool = false, _ elements: (inout JSONWriter) -> Void) {
        begin(key)
        list(byLine: byLine, elements)
    }

    /// Puts a member that is a list of objects, one for each item.
    package mutating func objects<Item>(
        _ key: String, byLine: Bool = false, _ items: some Sequence<Item>,
        _ members: (inout JSONWriter, Item) -> Void
    ) {
        list(key, byLine: byLine) { json in
            for item in items { json.element { members(&$0, item) } }
        }
    }

    // MARK: Elements of a list

    /// Puts an element.
    package mutating func element(_ value: some JSONWritable) {
        begin()
        value.write(to: &self)
    }

    /// Puts an element that is an object.
    package mutating func element(_ members: (inout JSONWriter) -> Void) {
        begin()
        object(byLine: false, members)
    }

    // MARK: Values

    /// Writes an object where a value is due: for `JSONWritable`.
    package mutating func object(byLine: Bool = false, _ members: (inout JSONWriter) -> Void) {
        fill("{", "}", Container(isObject: true, isByLine: byLine), members)
    }

    /// Writes a list where a value is due: for `JSONWritable`.
    package mutating func list(byLine: Bool = false, _ elements: (inout JSONWriter) -> Void) {
        fill("[", "]", Container(isObject: false, isByLine: byLine), elements)
    }

    /// Writes a string where a value is due: for `JSONWritable`.
    package mutating func string(_ value: String) {
        text.appendText(atMost: JSONStringText.bound(value)) { $0.putJSONString(value) }
    }

    /// Writes what is JSON already where a value is due: for `JSONWritable`.
    mutating func verbatim(_ json: String) { text.append(contentsOf: json.utf8) }

    private mutating func fill(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ inner: Container, _ content: (inout JSONWriter) -> Void
    ) {
        let outer = container
        container = inner
        text.append(UInt8(ascii: opening))
        if inner.isByLine {
            text.append(UInt8(ascii: "\n"))
            lineDepth += 1
        }
        content(&self)
        if inner.isByLine {
            lineDepth -= 1
            text.append(UInt8(ascii: "\n"))
            indent()
        }
        text.append(UInt8(ascii: closing))
        container = outer
    }

    private mutating func begin(_ key: String) {
        precondition(container?.isObject == true, "a member stands in an object")
        separate()
        string(key)
        text.append(UInt8(ascii: ":"))
        if isSpaced { text.append(UInt8(ascii: " ")) }
    }

    private mutating func begin() {
        precondition(container?.isObject == false, "an element stands in a list")
        separate()
    }

    /// Writes what stands before a member or element.
    private mutating func separate() {
        let isFirst = container?.isEmpty ?? true
        let isByLine = container?.isByLine ?? false
        container?.isEmpty = false
        if !isFirst { text.append(UInt8(ascii: ",")) }
        if isByLine {
            if !isFirst { text.append(UInt8(ascii: "\n")) }
            indent()
        } else if isSpaced, !isFirst {
            text.append(UInt8(ascii: " "))
        }
    }

    private mutating func indent() {
        if isSpaced { text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * lineDepth)) }
    }
}
