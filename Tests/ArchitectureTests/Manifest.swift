/// The targets of `Package.swift`, read from its text.
struct Manifest {
    /// A target and what it depends on.
    struct Target: Equatable {
        var name: String
        var isTest: Bool
        /// Modules of this package and products of others, as they are imported.
        var dependencies: [String]
    }

    /// The targets in the order of the manifest.
    let targets: [Target]

    /// Reads the text of a manifest; what it does not understand it leaves out, which the checks then report.
    init(text: String) {
        let lines = text.split(separator: "\n").filter { line in
            !line.drop { $0 == " " }.hasPrefix("//")
        }
        let text = lines.joined(separator: "\n")
        targets = Manifest.declaration.matches(in: text).compactMap { match in
            let arguments = Manifest.balanced(Array(text.utf16), from: match.end)
            guard let name = Manifest.name.matches(in: arguments).first?.groups[1] else { return nil }
            let list = Manifest.list.matches(in: arguments).first.map {
                Manifest.balanced(Array(arguments.utf16), from: $0.end)
            }
            let dependencies = Manifest.elements(list ?? "").compactMap {
                Manifest.literal.matches(in: $0).first?.groups[1]
            }
            return Target(name: name, isTest: match.groups[1] == "testTarget", dependencies: dependencies)
        }
    }

    private static let declaration = Pattern(#"^[ \t]*\.(target|executableTarget|testTarget|systemLibrary)\("#)
    private static let name = Pattern(#"name:\s*"([^"]+)""#)
    private static let list = Pattern(#"dependencies:\s*\["#)
    private static let literal = Pattern(#""([^"]+)""#)

    /// The text from an opened bracket up to the one that closes it.
    private static func balanced(_ text: [UInt16], from start: Int) -> String {
        var depth = 1
        var end = start
        while end < text.count {
            switch UInt8(exactly: text[end]) {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            if depth == 0 { break }
            end += 1
        }
        return String(decoding: text[start..<end], as: UTF16.self)
    }

    /// The elements of a list, split at commas outside of brackets.
    private static func elements(_ list: String) -> [String] {
        var depth = 0
        return list.split { character in
            if character == "(" || character == "[" { depth += 1 }
            if character == ")" || character == "]" { depth -= 1 }
            return character == "," && depth == 0
        }.map(String.init)
    }
}
