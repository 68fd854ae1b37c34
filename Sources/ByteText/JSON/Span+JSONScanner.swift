extension Span<UInt8> {
    /// What `body` makes of a scanner of the bytes, which ends with the call.
    ///
    /// - Parameter offset: where the scanner begins.
    package func scanned<Result, Problem: Error>(
        from offset: Int = 0, syntax: JSONSyntax = .strict, maximumDepth: Int = JSONScanner.maximumDepth,
        _ body: (inout JSONScanner) throws(Problem) -> Result
    ) throws(Problem) -> Result {
        unsafe try withUnsafeBytes { (bytes) throws(Problem) in
            var scanner = unsafe JSONScanner(bytes, from: offset, syntax: syntax, maximumDepth: maximumDepth)
            return try body(&scanner)
        }
    }
}
