import Dataset
import Foundation
import IncidentCatalog
import TestSupport
import Truth
import Testing

/// `--force` replaces the files of an earlier run and nothing that anybody else made.
@Suite("Folders that are written again")
struct ForcedFolderTests {
    private func problem(_ path: String, force: Bool = true) -> RunError? {
        do { _ = try GeneratedFolder(path: path, force: force) } catch { return error }
        return nil
    }

    private func kind(_ name: String) throws -> IncidentKind {
        try #require(IncidentKinds.all.first { $0.name == name })
    }

    @Test("The folder of an earlier run is taken") func anEarlierRunIsTaken() throws {
        let folder = try SmallFolder()
        #expect(problem(folder.path) == nil)
        #expect(problem(folder.path, force: false)?.description.contains("is not empty") == true)
        try folder.write("mine", "notes.txt")
        #expect(problem(folder.path) == nil)
        #expect(try folder.contents == (SmallFolder().contents.merging(["notes.txt": "mine"]) { $1 }))
    }

    @Test(
        "Any file named manifest.json is not enough",
        arguments: [
            "{}", "not JSON", #"{"name":"My app","icons":[],"start_url":"."}"#, #"{"schema":1}"#,
            SmallFolder.manifest().replacing(#""schema":1"#, with: #""schema":2"#),
            SmallFolder.manifest().replacing(#""mocktail":"0.3.0","#, with: ""),
            SmallFolder.manifest().replacing("object", with: "subject"), SmallFolder.manifest([:]),
        ])
    func aStrangersManifest(_ text: String) throws {
        for names in [["manifest.json"], ["manifest.json", "network.ndjson"]] {
            let folder = try SmallFolder([:], withManifest: false)
            for name in names { try folder.write(name == "manifest.json" ? text : "mine", name) }
            let before = try folder.contents
            let error = problem(folder.path)
            #expect(error?.cause == .input)
            let beginning = "\(folder.path)/manifest.json is not a manifest of this version of mocktail"
            #expect(error?.description.hasPrefix(beginning) == true)
            #expect(error?.description.hasSuffix("; name another folder, or remove the file yourself") == true)
            #expect(try folder.contents == before)
        }
    }

    @Test("A file that the manifest does not name is not of the earlier run", arguments: ["gzip", "plain"])
    func aFileOfTheUser(_ what: String) throws {
        let own = what == "gzip" ? "network.ndjson.gz" : "configuration.ndjson"
        let folder = try SmallFolder(SmallFolder.files.filter { $0.key != own })
        try folder.write("mine", own)
        let error = problem(folder.path)
        #expect(
            error?.description
                == "\(folder.path)/\(own) is not a file of the earlier run: manifest.json does not name it; move it "
                + "away, or name another folder")
        #expect(try folder.folder.text(own) == "mine")
    }

    @Test("What stands in the way of a file is found before the run", arguments: ["linked", "file", "folder"])
    func obstacles(_ what: String) throws {
        let folder = try SmallFolder()
        let outside = try TestFolder()
        switch what {
        case "linked":
            try folder.remove("tailnet")
            try folder.link("tailnet", to: outside.path)
            for name in ["devices.json", "users.json", "policy.hujson"] {
                try Data("theirs".utf8).write(to: URL(filePath: "\(outside.path)/\(name)"))
            }
        case "file":
            try folder.remove("tailnet")
            try folder.write("mine", "tailnet")
        default:
            try folder.remove("network.ndjson")
            try folder.write("mine", "network.ndjson/thesis")
        }
        let before = try folder.contents
        let error = problem(folder.path)
        let sentence =
            switch what {
            case "linked": "tailnet is a symbolic link; remove it, or choose another place"
            case "file": "tailnet is not a folder, and files are to be written in it; move it away"
            default: "network.ndjson is not a file, and a file is to be written there; move it away"
            }
        #expect(error?.cause == .input)
        #expect(error?.description.hasPrefix("\(folder.path)/\(sentence)") == true, "\(error?.description ?? "")")
        #expect(try folder.contents == before)
        if what == "linked" { for name in outside.names { #expect(try outside.text(name) == "theirs") } }
    }

    @Test("Errors name the user's folder, not the hidden one")
    func names() throws {
        let folder = try TestFolder()
        let file = #expect(throws: RunError.self) {
            try OutputFile(path: "\(folder.path)/.hidden/a", name: "out/a", withDigest: false)
        }
        #expect(file?.description == "cannot write out/a: no such file or directory")
        if FileManager.default.fileExists(atPath: "/dev/full") {
            let full = try OutputFile(path: "/dev/full", name: "out/a", withDigest: false)
            try full.write([1])
            let error = #expect(throws: RunError.self) { try full.finish() }
            #expect(error?.description.hasPrefix("cannot write out/a: no space left on device") == true)
        }
    }

    @Test("A fixture does not take a user's expected.json or history", arguments: ["expected.json", "history"])
    func fixtureNames(_ name: String) throws {
        let fixture = FixtureFolder(kind: try kind("https-off"), variant: .attack)
        for withManifest in [false, true] {
            let parent = try TestFolder()
            let path = "\(parent.path)/\(fixture.name)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try Data(#"{"expected":"mine"}"#.utf8).write(to: URL(filePath: "\(path)/\(name)"))
            if withManifest { try Data(SmallFolder.manifest().utf8).write(to: URL(filePath: "\(path)/manifest.json")) }
            let error = #expect(throws: RunError.self) { try FixtureSet(at: parent.path, [fixture], force: true) }
            let sentence = withManifest ? "\(path)/\(name) is not a file of the earlier run" : "\(path) holds \(name)"
            #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
            #expect(try parent.text("\(fixture.name)/\(name)") == #"{"expected":"mine"}"#)
        }
    }

    @Test("One bad fixture stops the run before the first is written")
    func allFixturesAreChecked() throws {
        let fixtures = try ["https-off", "beaconing"].map { FixtureFolder(kind: try kind($0), variant: .attack) }
        let parent = try TestFolder()
        try FileManager.default.createSymbolicLink(
            atPath: "\(parent.path)/beaconing", withDestinationPath: NSTemporaryDirectory())
        let error = #expect(throws: RunError.self) { try FixtureSet(at: parent.path, fixtures, force: true) }
        #expect(error?.description == "\(parent.path)/beaconing is a symbolic link; remove it, or name another folder")
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["beaconing"])
    }

    @Test("Two runs of fixtures do not mix in one folder")
    func twoRuns() throws {
        let parent = try TestFolder()
        let path = "\(parent.path)/all"
        let one = FixtureFolder(kind: try kind("https-off"), variant: .attack)
        let other = FixtureFolder(kind: try kind("beaconing"), variant: .over)
        do {
            let first = try FixtureSet(at: path, [one], force: false)
            for force in [false, true] {
                let error = #expect(throws: RunError.self) { try FixtureSet(at: path, [other], force: force) }
                #expect(error?.cause == .run)
                #expect(error?.description.hasPrefix("another process is writing to \(path);") == true)
            }
            withExtendedLifetime(first) {}
        }
        // The first has written nothing, so its folder is gone too.
        #expect(!FileManager.default.fileExists(atPath: path))
        _ = try FixtureSet(at: path, [other], force: false)
    }
}
