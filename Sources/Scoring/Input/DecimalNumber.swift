/// Reads numbers as people and JSON write them.
enum DecimalNumber {
    /// The value of a decimal number, with or without fraction and exponent; nil for any other text.
    ///
    /// `0x1p3`, `inf` and `nan`, which the standard library takes, are none.
    static func value(of text: some StringProtocol) -> Double? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
