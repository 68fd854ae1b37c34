import ByteText
import Foundation
import TailnetModel
import TailnetPolicy

/// The folder of what the real service answered to policy files; nil where this machine has none.
///
/// `MOCKTAIL_SHARED` names the folder that holds `policy/captures`; without it, a folder `shared` beside the package is
/// looked for.
let captureFolder: URL? = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["MOCKTAIL_SHARED"].map { URL(fileURLWithPath: $0) }
    let shared = named ?? package.deletingLastPathComponent().appendingPathComponent("shared")
    let folder = shared.appendingPathComponent("policy/captures")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()

/// One policy file, the topology it was put into, and what the service made of it.
struct CapturedCase {
    var name: String
    var policy: String
    var answer: PolicyAnswer
    var topology: PolicyTopology
    /// By the name of the device.
    var captures: [String: JSONValue]

    /// The cases of a file of the corpus.
    static func read(_ file: String) throws -> [CapturedCase] {
        guard let folder = captureFolder else { return [] }
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", folder.appendingPathComponent(file).path]
        let output = Pipe()
        gzip.standardOutput = output
        try gzip.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        gzip.waitUntilExit()
        return try data.split(separator: UInt8(ascii: "\n")).map { try CapturedCase(Array($0)) }
    }

    private init(_ line: [UInt8]) throws {
        let value = try JSONValue.parse(line)
        name = value["test_id"]?.string ?? ""
        // Some cases give the policy as text, the others as the object itself.
        let policy = value["policy"]
        self.policy = policy?.string ?? policy.map { String(decoding: line[$0.range], as: UTF8.self) } ?? ""
        answer = PolicyAnswer(code: Int(value["api_code"]?.int ?? 0), message: value["api_message"]?.string)
        captures = [:]
        for member in value["captures"]?.object ?? [] { captures[member.key] = member.value }
        topology = CapturedCase.topology(value["topology"])
    }

    /// The tailnet of the captures: the first user owns it, the others are admins, and its domain is the owner's.
    private static func topology(_ value: JSONValue?) -> PolicyTopology {
        let people = value?["users"]?.array ?? []
        let users = people.enumerated().map { index, user in
            PolicyTopology.User(login: user["email"]?.string ?? "", role: index == 0 ? .owner : .admin)
        }
        let names = people.map { $0["name"]?.string ?? "" }
        let nodes = (value?["nodes"]?.object ?? []).map { member in
            let node = member.value
            let routes = { (key: String) in (node[key]?.array ?? []).compactMap { $0.string.flatMap { IPPrefix($0) } } }
            return PolicyTopology.Node(
                name: member.key, owner: node["user"]?.string.flatMap { names.firstIndex(of: $0) },
                tags: (node["tags"]?.array ?? []).compactMap(\.string),
                ipv4: node["ipv4"]?.string.flatMap { IPAddress($0) },
                ipv6: node["ipv6"]?.string.flatMap { IPAddress($0) },
                advertisedRoutes: routes("routable_ips"), approvedRoutes: routes("approved_routes"))
        }
        return PolicyTopology(users: users, nodes: nodes)
    }
}

extension JSONValue {
    /// The value as text with sorted keys, so that equal values have equal texts.
    ///
    /// Lists in `unordered` are sorted, and lose duplicates: their order means nothing.
    func canonical(unordered: Set<String> = [], key: String = "") -> String {
        switch content {
        case .null: return "null"
        case .bool(let value): return "\(value)"
        case .number(let text): return text
        case .string(let text): return "\"\(text)\""
        case .array(let elements):
            var texts = elements.map { $0.canonical(unordered: unordered) }
            if unordered.contains(key) { texts = Array(Set(texts)).sorted() }
            return "[" + texts.joined(separator: ",") + "]"
        case .object(let members):
            let texts = members.map { "\"\($0.key)\":" + $0.value.canonical(unordered: unordered, key: $0.key) }
            return "{" + texts.sorted().joined(separator: ",") + "}"
        }
    }
}
