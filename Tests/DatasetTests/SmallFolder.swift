import Dataset
import Foundation
import Generation
import TestSupport

/// A folder of a few lines with the form of a generated one, which no simulation is needed for.
struct SmallFolder {
    let folder: TestFolder

    var path: String { folder.path }

    static let incident =
        #"{"schema":1,"id":"one","kind":"port-22-spike","variant":"attack","attack":[],"#
        + #""start":"2026-08-01T09:00:00Z","end":"2026-08-01T09:05:00Z","firstRecord":"2026-08-01T09:00:01Z","#
        + #""lastRecord":"2026-08-01T09:05:01Z","actors":[{"nodeId":"n1","name":"ana.example","addresses":[],"#
        + #""login":""}],"targets":[],"stages":[],"expectedRules":[]}"#

    static let files = [
        "network.ndjson": flowRecord("n1", 5, "100.64.0.1:5>100.64.0.2:22") + "\n",
        "configuration.ndjson": auditRecord(1, 1) + "\n",
        "tailnet/devices.json": #"{"devices":[{"id":"1","nodeId":"n1","name":"ana.example"}]}"# + "\n",
        "tailnet/users.json": #"{"users":[{"id":"u1","loginName":"ana@example.com"}]}"# + "\n",
        "tailnet/policy.hujson": "{}\n",
        "truth/incidents.ndjson": incident + "\n",
        "truth/labels.ndjson": #"{"log":"network","incidents":["one"],"file":"network.ndjson","line":1}"# + "\n",
    ]

    /// Makes a folder.
    ///
    /// - Parameters:
    ///   - files: the texts of its files by their names.
    ///   - withManifest: whether it has a manifest, which names them all.
    init(_ files: [String: String] = SmallFolder.files, withManifest: Bool = true) throws {
        folder = try TestFolder()
        for (name, text) in files { try write(text, name) }
        if withManifest { try write(SmallFolder.manifest(files), "manifest.json") }
    }

    static func manifest(_ files: [String: String] = SmallFolder.files) -> String {
        let entries = files.sorted { $0.key < $1.key }.map { name, text in
            let bytes = Array(text.utf8)
            return
                "{\"path\":\"\(name)\",\"bytes\":\(bytes.count),\"sha256\":\"\(SHA256.digest(of: bytes.span).hex)\"}"
        }
        return #"{"schema":1,"mocktail":"0.3.0","scenario":"small","seed":1,"channel":"object","anomalies":true,"#
            + #""window":{"start":"2026-08-01T09:00:00Z","end":"2026-08-01T10:00:00Z"},"#
            + "\"files\":[\(entries.joined(separator: ","))]}\n"
    }

    func write(_ text: String, _ name: String) throws {
        let url = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
    }

    /// All that is in it, links with what they lead to.
    var contents: [String: String] {
        get throws {
            let manager = FileManager.default
            var contents: [String: String] = [:]
            for name in manager.enumerator(atPath: path)?.compactMap({ $0 as? String }) ?? [] {
                let type = try manager.attributesOfItem(atPath: "\(path)/\(name)")[.type] as? FileAttributeType
                contents[name] =
                    switch type {
                    case .typeSymbolicLink: try manager.destinationOfSymbolicLink(atPath: "\(path)/\(name)")
                    case .typeRegular: try folder.text(name)
                    default: type?.rawValue
                    }
            }
            return contents
        }
    }
}
