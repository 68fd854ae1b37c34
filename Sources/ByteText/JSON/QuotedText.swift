extension String {
    /// The text as a JSON string, quotes included; for small documents.
    public var jsonQuoted: String {
        var bytes: [UInt8] = []
        bytes.appendText(atMost: JSONStringText.bound(self)) { $0.putJSONString(self) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
