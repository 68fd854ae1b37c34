/// Replaces the secrets of a run in text that people read, wherever the text comes from.
package struct SecretMask: Sendable, Hashable {
    /// What stands in place of a secret.
    package static let replacement = "***"

    /// The fewest characters of a secret that is looked for in other texts: a shorter one is part of too many words.
    package static let shortest = 4

    /// What the name of a parameter has in it whose value is a secret.
    private static let words = ["token", "key", "secret", "pass", "pwd", "sig", "auth", "cred", "jwt"]

    /// Every spelling of every secret, the longest first.
    private var spellings: [String] = []

    /// Makes a mask for some secrets.
    package init(_ secrets: [String] = []) { add(secrets) }

    /// Makes a mask for the secrets of a command line: of the URLs in it, and of the options that take one.
    package init(arguments: [String]) {
        var isURL = false
        var isToken = false
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if isToken { add([argument]) }
            if argument.hasPrefix("--token=") { add([String(parts[1])]) }
            if isURL || argument.hasPrefix("--to=") || argument.contains("://") {
                add(SecretMask.secrets(ofURL: argument))
            }
            isToken = argument == "--token"
            isURL = argument == "--to"
        }
    }

    /// Adds secrets.
    package mutating func add(_ secrets: [String]) {
        var all = Set(spellings)
        for secret in secrets {
            let decoded = secret.percentDecoded ?? secret
            for text in [secret, decoded, Array(decoded.utf8).base64, decoded.escapedForJSON]
            where text.count >= SecretMask.shortest {
                all.insert(text)
            }
        }
        spellings = all.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    /// The mask of the secrets of two.
    package func union(_ other: SecretMask) -> SecretMask {
        var union = self
        union.add(other.spellings)
        return union
    }

    /// The text without the secrets.
    package func masked(_ text: String) -> String {
        var text = text
        for spelling in spellings where text.contains(spelling) {
            text = text.replacing(spelling, with: SecretMask.replacement)
        }
        return text
    }

    /// The secrets of a URL as they are written in it: what stands before the host, and values of the query.
    ///
    /// A user name that comes with a password is none.
    package static func secrets(ofURL text: String) -> [String] {
        var rest = text[...]
        if let start = text.firstRange(of: "//") {
            rest = text[start.upperBound...]
        } else if text.hasPrefix("file:") || text.contains("=file:") {
            return []
        }
        var secrets: [String] = []
        var authority = rest.prefix { $0 != "/" && $0 != "?" }
        // A password that should have been encoded hides its end behind a slash.
        if !authority.contains("@"), authority.hasPassword, let at = rest.lastIndex(of: "@") { authority = rest[...at] }
        if let at = authority.lastIndex(of: "@") {
            let user = authority[..<at]
            secrets.append(String(user))
            if let first = user.firstIndex(of: ":"), let last = user.lastIndex(of: ":") {
                secrets += [first, last].map { String(user[user.index(after: $0)...]) }
            }
            // A token alone is sent with a user name that it does not have here.
            let token = user.first == ":" ? user.dropFirst() : user
            if !token.contains(":") { secrets.append("user:\(token)") }
        }
        for pair in rest.drop(while: { $0 != "?" }).dropFirst().split(separator: "&") {
            guard let name = secretName(of: pair) else { continue }
            secrets.append(String(pair.dropFirst(name.count + 1)))
        }
        return secrets
    }

    /// The name of a parameter whose value is a secret; nil for other parameters.
    private static func secretName(of pair: Substring) -> Substring? {
        let name = pair.prefix { $0 != "=" }
        let plain = (String(name).percentDecoded ?? String(name)).lowercased()
        return name.endIndex < pair.endIndex && words.contains { plain.contains($0) } ? name : nil
    }

    /// A path and query whose secret values are replaced, however short they are.
    package static func maskedQuery(_ target: String) -> String {
        let path = target.prefix { $0 != "?" }
        guard path.endIndex < target.endIndex else { return target }
        let pairs = target[path.endIndex...].dropFirst().split(separator: "&", omittingEmptySubsequences: false).map {
            secretName(of: $0).map { "\($0)=\(replacement)" } ?? String($0)
        }
        return path + "?" + pairs.joined(separator: "&")
    }
}

extension Substring {
    /// Whether it reads as a user and the beginning of a password, not as a host and its port.
    fileprivate var hasPassword: Bool {
        guard let colon = lastIndex(of: ":"), last != "]" else { return false }
        return !self[index(after: colon)...].allSatisfy(\.isNumber)
    }
}

extension String {
    /// As JSON writes it.
    fileprivate var escapedForJSON: String {
        replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
