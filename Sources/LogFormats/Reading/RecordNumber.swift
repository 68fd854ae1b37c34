/// Numbers as records write them.
enum RecordNumber {
    /// Milliseconds from here on are taken for nonsense: their nanoseconds would leave 64 bits.
    static let largestMilliseconds: UInt64 = 9_000_000_000_000

    /// The value of a run of decimal digits; nil for anything else and above 64 bits.
    static func unsigned(_ digits: UnsafeRawBufferPointer) -> UInt64? {
        guard unsafe !digits.isEmpty else { return nil }
        var value: UInt64 = 0
        for index in digits.indices {
            let byte = unsafe digits[index]
            guard (48...57).contains(byte) else { return nil }
            let product = value.multipliedReportingOverflow(by: 10)
            let sum = product.partialValue.addingReportingOverflow(UInt64(byte - 48))
            guard !product.overflow, !sum.overflow else { return nil }
            value = sum.partialValue
        }
        return value
    }

    /// The milliseconds of a decimal number of seconds, rounded toward zero; nil with an exponent and out of range.
    static func milliseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
        let isNegative = unsafe text.first == UInt8(ascii: "-")
        let digits = unsafe UnsafeRawBufferPointer(rebasing: text[(isNegative ? 1 : 0)...])
        let point = unsafe digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.count
        guard let seconds = unsafe unsigned(UnsafeRawBufferPointer(rebasing: digits[..<point])), seconds < 1 << 40
        else {
            return nil
        }
        var rest: Int64 = 0
        var weight: Int64 = 100
        if point < digits.count {
            guard point + 1 < digits.count else { return nil }
            for index in point + 1..<digits.count {
                let byte = unsafe digits[index]
                guard (48...57).contains(byte) else { return nil }
                rest += Int64(byte - 48) * weight
                weight /= 10
            }
        }
        let value = Int64(seconds) * 1_000 + rest
        return isNegative ? -value : value
    }
}
