/// One condition of a posture: `node:tsVersion >= '1.60'`.
public struct PostureCondition: Hashable, Sendable {
    /// How an attribute is compared.
    public enum Comparison: String, Hashable, Sendable, CaseIterable {
        case equal = "=="
        case unequal = "!="
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"
        case oneOf = "IN"
        case noneOf = "NOT IN"
        case isSet = "IS SET"
        case isNotSet = "NOT SET"
    }

    /// The name of the attribute.
    public var attribute: String
    /// How it is compared.
    public var comparison: Comparison
    /// What it is compared with: none, one, or a list.
    public var values: [PostureValue]

    /// Whether a device with these attributes meets the condition.
    ///
    /// An attribute that is not there meets `NOT SET`, `!=` and `NOT IN` only.
    public func holds(for attributes: [PostureAttribute]) -> Bool {
        guard let found = attributes.first(where: { $0.name == attribute })?.value else {
            return comparison == .isNotSet || comparison == .unequal || comparison == .noneOf
        }
        switch comparison {
        case .isSet: return true
        case .isNotSet: return false
        case .equal, .oneOf: return values.contains { isEqual(found, $0) }
        case .unequal, .noneOf: return !values.contains { isEqual(found, $0) }
        case .atLeast: return order(found) >= 0
        case .atMost: return order(found) <= 0
        case .above: return order(found) > 0
        case .below: return order(found) < 0
        }
    }

    private func isEqual(_ left: PostureValue, _ right: PostureValue) -> Bool {
        if case .number = left, case .number = right { return versionOrder(left.text, right.text) == 0 }
        return left.text == right.text
    }

    private func order(_ found: PostureValue) -> Int {
        versionOrder(found.text, values.first?.text ?? "")
    }
}

/// Compares two version numbers part by part: below 0, 0 or above 0 as the left one is older, equal or newer.
///
/// A missing part counts as 0. Parts that are no numbers compare as text, behind all numbers.
private func versionOrder(_ left: String, _ right: String) -> Int {
    let lefts = left.split(whereSeparator: { $0 == "." || $0 == "-" })
    let rights = right.split(whereSeparator: { $0 == "." || $0 == "-" })
    for index in 0..<max(lefts.count, rights.count) {
        let a = index < lefts.count ? lefts[index] : "0"
        let b = index < rights.count ? rights[index] : "0"
        switch (UInt64(a), UInt64(b)) {
        case (let a?, let b?) where a != b: return a < b ? -1 : 1
        case (.some, .some): continue
        case (.some, nil): return -1
        case (nil, .some): return 1
        case (nil, nil) where a != b: return a < b ? -1 : 1
        case (nil, nil): continue
        }
    }
    return 0
}

extension PostureCondition {
    /// Reads a condition as the policy file writes it.
    init(_ text: String) throws(PolicyMessage) {
        var scanner = PostureScanner(text)
        let attribute = scanner.word()
        guard attribute.contains(":"), let comparison = scanner.comparison() else {
            throw PostureScanner.complaint(text)
        }
        self.attribute = attribute
        self.comparison = comparison
        switch comparison {
        case .isSet, .isNotSet: values = []
        case .oneOf, .noneOf: values = try scanner.list(of: text)
        default: values = [try scanner.value(of: text)]
        }
        if !scanner.isAtEnd { throw PostureScanner.complaint(text) }
    }
}

/// A reader of posture conditions.
private struct PostureScanner {
    private var rest: Substring

    init(_ text: String) {
        rest = Substring(text)
    }

    static func complaint(_ text: String) -> PolicyMessage {
        PolicyMessage(
            "posture condition \(text.quoted) must have the form attribute operator value", isServiceMessage: false)
    }

    var isAtEnd: Bool { rest.allSatisfy(\.isWhitespace) }

    private mutating func skipBlanks() {
        rest = rest.drop(while: \.isWhitespace)
    }

    mutating func word() -> String {
        skipBlanks()
        let word = rest.prefix { !$0.isWhitespace && !"=!<>'\"[],".contains($0) }
        rest = rest.dropFirst(word.count)
        return String(word)
    }

    mutating func comparison() -> PostureCondition.Comparison? {
        skipBlanks()
        for comparison in PostureCondition.Comparison.allCases {
            let words = comparison.rawValue.split(separator: " ")
            var remaining = rest
            let matches = words.allSatisfy { word in
                remaining = remaining.drop(while: \.isWhitespace)
                guard remaining.prefix(word.count).uppercased() == word else { return false }
                remaining = remaining.dropFirst(word.count)
                return true
            }
            if matches {
                rest = remaining
                return comparison
            }
        }
        return nil
    }

    mutating func value(of text: String) throws(PolicyMessage) -> PostureValue {
        skipBlanks()
        if let quote = rest.first, quote == "'" || quote == "\"" {
            let value = rest.dropFirst().prefix { $0 != quote }
            rest = rest.dropFirst(value.count + 1)
            guard rest.first == quote else { throw PostureScanner.complaint(text) }
            rest = rest.dropFirst()
            return .text(String(value))
        }
        let bare = word()
        switch bare {
        case "": throw PostureScanner.complaint(text)
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            guard bare.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" }) else {
                throw PostureScanner.complaint(text)
            }
            return .number(bare)
        }
    }

    mutating func list(of text: String) throws(PolicyMessage) -> [PostureValue] {
        skipBlanks()
        guard rest.first == "[" else { throw PostureScanner.complaint(text) }
        rest = rest.dropFirst()
        var values: [PostureValue] = []
        while true {
            values.append(try value(of: text))
            skipBlanks()
            let separator = rest.first
            rest = rest.dropFirst()
            if separator == "]" { return values }
            guard separator == "," else { throw PostureScanner.complaint(text) }
        }
    }
}
