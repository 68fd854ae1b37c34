import ByteText

/// How a detector writes times, in the manner of `strptime`: `%d/%m/%Y %H:%M:%S`.
///
/// `Docs/Scoring.md` lists what there is.
public struct TimeFormat: Sendable, Hashable, CustomStringConvertible {
    /// The format as it is written.
    public let description: String
    private let items: [Item]

    private enum Item: Sendable, Hashable {
        case blank
        case character(UInt8)
        case field(Character)
    }

    private static let fields: Set<Character> = [
        "Y", "y", "m", "d", "e", "b", "B", "a", "A", "H", "I", "M", "S", "f", "p", "z", "Z", "s",
    ]
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// Reads a format.
    ///
    /// - Throws: What is wrong with it, in one sentence.
    public init(_ text: String) throws(ScoreProblem) {
        var items: [Item] = []
        var used: Set<Character> = []
        var rest = text[...]
        func add(_ field: Character) throws(ScoreProblem) {
            guard TimeFormat.fields.contains(field) else {
                throw ScoreProblem(
                    "there is no %\(String(field).printable) here; there are %Y %y %m %d %e %b %B %a %A %H %I %M %S %f "
                        + "%p %z %Z %s %T %F and %%")
            }
            items.append(.field(field))
            used.insert(field)
        }
        while let character = rest.popFirst() {
            if character == "%" {
                guard var field = rest.popFirst() else { throw ScoreProblem("a % at the end stands for nothing") }
                // Numbers are read with and without padding.
                if field == "-", let padded = rest.popFirst() { field = padded }
                switch field {
                case "%": items.append(.character(UInt8(ascii: "%")))
                case "T":
                    for (index, part) in "HMS".enumerated() {
                        if index > 0 { items.append(.character(UInt8(ascii: ":"))) }
                        try add(part)
                    }
                case "F":
                    for (index, part) in "Ymd".enumerated() {
                        if index > 0 { items.append(.character(UInt8(ascii: "-"))) }
                        try add(part)
                    }
                default: try add(field)
                }
            } else if character.unicodeScalars.allSatisfy(\.isBlank) {
                if items.last != .blank { items.append(.blank) }
            } else {
                items += character.utf8.map { .character($0) }
            }
        }
        let hasDate = !used.isDisjoint(with: ["Y", "y"]) && !used.isDisjoint(with: ["m", "b", "B"])
        guard used.contains("s") || (hasDate && !used.isDisjoint(with: ["d", "e"])) else {
            throw ScoreProblem("it needs a year, a month and a day (such as %Y, %m and %d), or %s")
        }
        description = text
        self.items = items
    }

    /// A format that the program itself names.
    init?(literal text: String) { try? self.init(text) }

    /// What a text in this format says; nil where it is in another.
    ///
    /// - Returns: The date and time, and the seconds since 1970 of `%s`.
    func read(_ text: String) -> (time: CivilTime, seconds: Int64?)? {
        var cursor = TimeCursor(text)
        var time = CivilTime()
        var seconds: Int64?
        var isAfternoon: Bool?
        for item in items {
            switch item {
            case .blank: cursor.skipBlanks()
            case .character(let byte):
                guard cursor.take(byte: byte) else { return nil }
            case .field("s"):
                guard let count = cursor.number(digits: 1...12) else { return nil }
                seconds = Int64(count)
            case .field("p"):
                let word = cursor.word()
                guard word == "am" || word == "pm" else { return nil }
                isAfternoon = word == "pm"
            case .field(let field):
                guard TimeFormat.read(field, from: &cursor, into: &time) else { return nil }
            }
        }
        guard cursor.isAtEnd else { return nil }
        if let isAfternoon {
            guard (1...12).contains(time.hour) else { return nil }
            time.hour = time.hour % 12 + (isAfternoon ? 12 : 0)
        }
        return (time, seconds)
    }

    private static func read(_ field: Character, from cursor: inout TimeCursor, into time: inout CivilTime) -> Bool {
        func put(_ value: Int?, _ part: WritableKeyPath<CivilTime, Int>) -> Bool {
            guard let value else { return false }
            time[keyPath: part] = value
            return true
        }
        switch field {
        case "Y": return put(cursor.number(digits: 4...4), \.year)
        case "y": return put(cursor.number(digits: 2...2).map { $0 < 69 ? 2_000 + $0 : 1_900 + $0 }, \.year)
        case "m": return put(cursor.number(digits: 1...2), \.month)
        case "b", "B": return put(cursor.name(of: months), \.month)
        case "d", "e":
            cursor.skipBlanks()
            return put(cursor.number(digits: 1...2), \.day)
        case "a", "A": return cursor.name(of: days) != nil
        case "H", "I": return put(cursor.number(digits: 1...2), \.hour)
        case "M": return put(cursor.number(digits: 1...2), \.minute)
        case "S": return put(cursor.number(digits: 1...2), \.second)
        case "z": return put(cursor.zone(), \.offsetMinutes)
        case "Z": return ["utc", "gmt", "z"].contains(cursor.word())
        case "f":
            guard let fraction = cursor.fraction() else { return false }
            time.nanosecond = fraction
            return true
        default: return false
        }
    }
}
