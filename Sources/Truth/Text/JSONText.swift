import ByteText
package import SimTime

/// Makes small JSON documents as text, with the keys in the order in which they are given.
package enum JSONText {
    package static func string(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.appendText(atMost: JSONStringText.bound(text)) { $0.putJSONString(text) }
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func instant(_ instant: Instant) -> String { "\"\(instant.rfc3339)\"" }

    package static func array(_ elements: [String]) -> String { "[\(elements.joined(separator: ","))]" }

    package static func strings(_ texts: [String]) -> String { array(texts.map(string)) }

    package static func object(_ members: [(key: String, value: String)]) -> String {
        "{\(members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ","))}"
    }

    /// A text as `object` takes its keys: with what needs it escaped, without quotes.
    package static func key(_ text: String) -> String { String(string(text).dropFirst().dropLast()) }

    /// The text as a number where it is one in JSON's form, else as a string.
    package static func numberOrString(_ text: String) -> String {
        if let value = try? JSONValue.parse(Array(text.utf8)), case .number(let number) = value.content,
            number == text
        {
            return number
        }
        return string(text)
    }

    /// A ratio with four decimals at most; `null` where there is none.
    package static func ratio(_ value: Double?) -> String {
        guard let value else { return "null" }
        return decimal(Int64((value * 10_000).rounded()), digits: 4)
    }

    /// Seconds with three decimals at most, the rest cut off; `null` where there are none.
    package static func seconds(_ span: TimeSpan?) -> String {
        guard let span else { return "null" }
        return decimal(span.nanoseconds / 1_000_000, digits: 3)
    }

    /// A number with four decimals at most, which may be negative or large; `null` where there is none.
    package static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "null" }
        guard value.magnitude < 1e14 else { return "\(value)" }
        let scaled = Int64((value.magnitude * 10_000).rounded())
        return (value < 0 && scaled > 0 ? "-" : "") + decimal(scaled, digits: 4)
    }

    /// A number, not negative, of that many decimals, without zeros at its end.
    private static func decimal(_ scaled: Int64, digits: Int) -> String {
        var text = String(scaled)
        while text.count <= digits { text = "0" + text }
        var fraction = text.suffix(digits)
        while fraction.last == "0" { fraction.removeLast() }
        return fraction.isEmpty ? String(text.dropLast(digits)) : "\(text.dropLast(digits)).\(fraction)"
    }
}
