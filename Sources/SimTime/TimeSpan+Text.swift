extension TimeSpan {
    /// Reads a human duration: one or more numbers with units, largest unit first, such as `+14h`, `5m`, `1h30m`,
    /// `250ms`, `2d`.
    ///
    /// A leading `+` is allowed, a sign inside is not. Units: `d`, `h`, `m`, `s`, `ms`, `us`, `ns`. Gives nil for
    /// anything else and for what does not fit.
    public init?(parsing text: some StringProtocol) {
        var rest = Substring(text)
        if rest.first == "+" { rest.removeFirst() }
        guard !rest.isEmpty else { return nil }
        var total: Int64 = 0
        var lastUnit = Int64.max
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let value = Int64(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let unit = TimeSpan.units.first(where: { $0.name == name })?.nanoseconds, unit < lastUnit else {
                return nil
            }
            lastUnit = unit
            let product = value.multipliedReportingOverflow(by: unit)
            let sum = total.addingReportingOverflow(product.partialValue)
            guard !product.overflow, !sum.overflow else { return nil }
            total = sum.partialValue
        }
        self.init(nanoseconds: total)
    }

    /// The span in the form that `init(parsing:)` reads, in as few units as it takes: `1h30m`, `250ms`, `0s`.
    ///
    /// Negative spans get a leading `-`, which is for messages only: `init(parsing:)` refuses it.
    public var text: String {
        guard nanoseconds != 0 else { return "0s" }
        var rest = nanoseconds.magnitude
        var text = nanoseconds < 0 ? "-" : ""
        for unit in TimeSpan.units where rest >= unit.nanoseconds.magnitude {
            text += "\(rest / unit.nanoseconds.magnitude)\(unit.name)"
            rest %= unit.nanoseconds.magnitude
        }
        return text
    }

    private static var units: [(name: String, nanoseconds: Int64)] {
        [
            ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
            ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
        ]
    }
}
