package import ByteText

/// In RFC 3339, as a string.
extension Instant: JSONWritable {
    package func write(to json: inout JSONWriter) { json.string(rfc3339) }
}
