import Dataset
import Foundation
import Generation
import SimTime
import TailnetModel
import TestSupport
import Truth
import Testing

/// A folder may come from anywhere: what is read of it ends, and is what its manifest says.
@Suite("Folders from elsewhere", .timeLimit(.minutes(5)))
struct UntrustedFolderTests {
    private func replayProblem(_ folder: SmallFolder) -> String? {
        do {
            _ = try FolderRecords(
                try FolderManifest(folder: folder.path), logs: LogKind.allCases, channels: Channels(.object))
        } catch { return "\(error)" }
        return nil
    }

    private func scoreProblem(_ path: String) -> String? {
        do { _ = try ScoreFiles.truth(at: path) } catch { return "\(error)" }
        return nil
    }

    @Test("A whole small folder is read") func wholeFolder() throws {
        let folder = try SmallFolder()
        #expect(replayProblem(folder) == nil)
        let truth = try ScoreFiles.truth(at: folder.path)
        #expect(truth.incidents.map(\.id) == ["one"] && truth.loggedOf == ["one": at(7)])
        #expect(truth.names?.isSuperset(of: ["n1", "ana", "ana@example.com"]) == true)
        #expect(truth.notes == [] && !truth.isUnchecked)
    }

    @Test(
        "A pipe or a device in place of a file is named, and nobody waits for it",
        arguments: ["network.ndjson", "truth/incidents.ndjson", "truth/labels.ndjson", "tailnet/devices.json"],
        ["pipe", "device", "folder"])
    func notRegular(_ name: String, _ what: String) throws {
        let folder = try SmallFolder()
        try folder.remove(name)
        switch what {
        case "pipe": #expect(mkfifo("\(folder.path)/\(name)", 0o644) == 0)
        case "device": try folder.link(name, to: "/dev/zero")
        default: try folder.write("x", "\(name)/x")
        }
        let problem = name.hasPrefix("network") ? replayProblem(folder) : scoreProblem(folder.path)
        #expect(problem == "\(folder.path)/\(name) is not a regular file; generate the folder again")
        // Without a manifest nothing is compared, and yet nothing waits.
        try folder.remove("manifest.json")
        // The labels lead to the log; without the inventory, names are not known.
        let isNeeded = !name.hasPrefix("tailnet")
        #expect(scoreProblem(folder.path) == (isNeeded ? "\(folder.path)/\(name) is not a regular file" : nil))
    }

    @Test("A pipe in place of the manifest is no manifest") func pipeForManifest() throws {
        let folder = try SmallFolder(withManifest: false)
        #expect(mkfifo("\(folder.path)/manifest.json", 0o644) == 0)
        #expect(!FolderManifest.exists(at: folder.path))
        #expect(replayProblem(folder) == "\(folder.path)/manifest.json is not a regular file")
    }

    @Test("A file that has grown is changed, however large it is") func grownFile() throws {
        let folder = try SmallFolder()
        let file = try FileHandle(forWritingTo: URL(filePath: "\(folder.path)/network.ndjson"))
        // A hole of a terabyte, which would take an hour to read.
        try file.truncate(atOffset: 1 << 40)
        try file.close()
        #expect(replayProblem(folder)?.contains("network.ndjson: changed since it was generated") == true)
    }

    @Test("Only the files that the manifest names are replayed") func unnamedLog() throws {
        var files = SmallFolder.files
        files["network.ndjson.gz"] = "not gzip"
        files["network.ndjson"] = nil
        let folder = try SmallFolder(files)
        try folder.write("mine\n", "network.ndjson")
        // The plain file beside it is nobody's: the packed one is read, which shows by its damage.
        #expect(replayProblem(folder)?.contains("network.ndjson.gz is damaged: it is not gzip") == true)
    }

    @Test("Labels name logs of the folder and nothing else", arguments: ["../../../../dev/zero", "/dev/zero", "mine"])
    func labelsLeadNowhere(_ file: String) throws {
        var files = SmallFolder.files
        files["truth/labels.ndjson"] = #"{"log":"network","incidents":["one"],"file":"\#(file)","line":1}"# + "\n"
        let folder = try SmallFolder(files)
        try folder.write(flowRecord("n1", 5) + "\n", "mine")
        #expect(try ScoreFiles.truth(at: folder.path).loggedOf == [:])
    }

    @Test(
        "All that a score reads is compared with the manifest",
        arguments: [
            "truth/incidents.ndjson", "truth/labels.ndjson", "tailnet/devices.json", "tailnet/users.json",
            "configuration.ndjson",
        ])
    func damagedForScore(_ name: String) throws {
        let folder = try SmallFolder()
        try folder.write("", name)
        let size = try #require(SmallFolder.files[name]).utf8.count
        #expect(
            scoreProblem(folder.path)
                == "\(folder.path)/\(name): cut short to 0 of the \(size) bytes that manifest.json names; generate the "
                + "folder again")
    }

    @Test("Truth that the manifest does not name is refused") func unnamedTruth() throws {
        let folder = try SmallFolder()
        try folder.write(SmallFolder.manifest(["network.ndjson": "x"]), "manifest.json")
        #expect(
            scoreProblem(folder.path)
                == "\(folder.path)/manifest.json does not name truth/incidents.ndjson; generate the folder again")
    }

    @Test("A folder without a manifest is scored, and said to be unchecked") func withoutManifest() throws {
        let folder = try SmallFolder(withManifest: false)
        let truth = try ScoreFiles.truth(at: folder.path)
        #expect(truth.incidents.count == 1 && truth.loggedOf == ["one": at(7)] && truth.isUnchecked)
        #expect(truth.notes == ["\(folder.path): there is no manifest.json, so the files could not be checked"])
        for path in ["\(folder.path)/truth", "\(folder.path)/truth/"] {
            #expect(try ScoreFiles.truth(at: path).isUnchecked)
            #expect(try ScoreFiles.truth(at: path).loggedOf == ["one": at(7)])
        }
        // A file of its own belongs to no folder.
        let own = try TestFolder()
        let file = "\(own.path)/incidents.ndjson"
        try Data(SmallFolder.incident.utf8).write(to: URL(filePath: file))
        #expect(try ScoreFiles.truth(at: file).notes == [])
        let text = String(repeating: "{\n", count: 50)
        try folder.write(text, "truth/labels.ndjson")
        let lines = try #require(scoreProblem(folder.path)).split(separator: "\n")
        #expect(lines.first?.hasPrefix("\(folder.path)/truth/labels.ndjson:1: column ") == true)
        #expect(lines.count == 21 && lines.last?.hasSuffix("and 30 more invalid lines") == true)
    }

    @Test("Truth without an incident is said") func emptyTruth() throws {
        var files = SmallFolder.files
        files["truth/incidents.ndjson"] = ""
        files["truth/labels.ndjson"] = ""
        let sentence = "the truth has no incident, so every alert is false"
        let folder = try SmallFolder(files)
        #expect(try ScoreFiles.truth(at: folder.path).notes == ["\(folder.path): \(sentence)"])
        let plain = try SmallFolder(files, withManifest: false)
        #expect(try ScoreFiles.truth(at: plain.path).notes.last == "\(plain.path): \(sentence)")
        try folder.write(
            SmallFolder.manifest(files).replacing(#""anomalies":true"#, with: #""anomalies":false"#), "manifest.json")
        #expect(try ScoreFiles.truth(at: folder.path).notes == [])
    }
}
