import ByteText

/// Numbers in drawings.
enum SVG {
    /// A coordinate with two decimals at most.
    static func number(_ value: Double) -> String {
        DecimalText.shortest(Int64((value * 100).rounded()), decimals: 2)
    }
}
