import ByteText

// Fields and elements are written with a comma on one side; the one too many becomes the bracket.
extension ByteCursor {
    /// Writes an object whose fields each bring a comma in front; an object without fields is `{}`.
    @inline(__always)
    mutating func putObject(_ putFields: (inout ByteCursor) -> Void) {
        let begin = unsafe pointer
        putFields(&self)
        if unsafe pointer == begin { unsafe pointer += 1 }
        unsafe begin.pointee = UInt8(ascii: "{")
        put(UInt8(ascii: "}"))
    }

    /// Closes an array whose elements, one at least, each bring a comma behind.
    @inline(__always)
    mutating func closeArray() { unsafe pointer[-1] = UInt8(ascii: "]") }
}
