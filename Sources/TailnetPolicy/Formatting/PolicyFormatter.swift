public import ByteText

/// Lays out a policy file anew, byte for byte as the service's own formatter does, and keeps its comments.
///
/// An object or list is written either on one line or with a line for each element, indented by tabs; values of
/// neighbouring lines are aligned. One empty line between elements survives. Lists over several lines end with a comma,
/// unless the file is plain JSON. Strings lose the escapes that they do not need.
public enum PolicyFormatter {
    /// The text in its new layout, with a newline at its end and without a byte order mark.
    ///
    /// - Parameter text: A policy file; it may be wrong as a policy, but must be HuJSON.
    public static func format(_ text: String) throws(JSONSyntaxError) -> String {
        let bytes = ByteOrderMark.dropped(from: text)
        // A comment at the end of the text has its end there, too.
        var root = try FormatNode.parse(bytes + [UInt8(ascii: "\n")])
        root.before.layOut(depth: 0)
        root.before.dropLeadingBlanks()
        let isStandard = root.isStandard
        root.normalize()
        _ = root.measure()
        root.layOut(depth: 0, isStandard: isStandard)
        root.align()
        root.after.layOut(depth: 0)
        root.after.endWithNewline()
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 2)
        root.write(to: &result)
        return String(decoding: result, as: UTF8.self)
    }
}
