extension String {
    /// The text as a JSON string, quotes included; for small documents.
    public var jsonQuoted: String { JSONWriter.text(self) }
}
