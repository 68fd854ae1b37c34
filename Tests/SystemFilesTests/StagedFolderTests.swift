import Foundation
import SystemFiles
import TestSupport
import Testing

@Suite("Folders whose files appear together")
struct StagedFolderTests {
    private func write(_ text: String, _ path: String) throws { try AtomicFile.write(text, to: path) }

    @Test("A new folder appears when it is whole") func aNewFolderAppearsWhenItIsWhole() throws {
        let place = try TestFolder()
        let path = "\(place.path)/above/run/"
        let staged = try StagedFolder(path)
        try write("1", "\(staged.stagingPath)/a")
        #expect(!PathKind.isThere(path))
        try staged.commit(["a"], removing: [])
        #expect(place.names == ["above/run/a"])
        #expect(Folder.entries(of: "\(place.path)/above") == ["run"])
    }

    @Test("What is given up leaves nothing, not even the folders above") func whatIsGivenUpLeavesNothing() throws {
        let place = try TestFolder()
        do {
            let staged = try StagedFolder("\(place.path)/above/run")
            try write("1", "\(staged.stagingPath)/a")
        }
        #expect(Folder.entries(of: place.path) == [])
        try FileManager.default.createDirectory(atPath: "\(place.path)/run", withIntermediateDirectories: true)
        try write("old", "\(place.path)/run/a")
        do {
            let staged = try StagedFolder("\(place.path)/run")
            try write("new", "\(staged.stagingPath)/a")
        }
        #expect(Folder.entries(of: "\(place.path)/run") == ["a"])
        #expect(try place.text("run/a") == "old")
    }

    @Test("In a folder that exists, new files replace those of earlier runs and others stay")
    func newFilesReplaceThoseOfEarlierRuns() throws {
        let place = try TestFolder()
        try FileManager.default.createDirectory(atPath: "\(place.path)/sub", withIntermediateDirectories: true)
        for name in ["a", "b", "sub/c", "mine"] { try write("old", "\(place.path)/\(name)") }
        let staged = try StagedFolder(place.path)
        try Folder.make("\(staged.stagingPath)/sub")
        for name in ["a", "sub/c", "sub/d"] { try write("new", "\(staged.stagingPath)/\(name)") }
        try staged.commit(["a", "sub/c", "sub/d"], removing: ["a", "b", "sub/c", "sub/d"])
        #expect(place.names == ["a", "mine", "sub/c", "sub/d"])
        for name in ["a", "sub/c", "sub/d"] { #expect(try place.text(name) == "new") }
        #expect(try place.text("mine") == "old")
        #expect(Folder.entries(of: place.path) == ["a", "mine", "sub"])
    }

    @Test("What a process was killed in the middle of is finished by the next one")
    func aKilledProcessIsFinished() throws {
        let place = try TestFolder()
        let whole = "\(place.path)/.mocktail-commit"
        try Folder.make(whole)
        // Of the new files a and b, a has been moved; the old file c has not been removed.
        try write("", "\(whole)/.mocktail")
        try write("-c\n+a\n+b\n", "\(whole)/files")
        try write("new", "\(place.path)/a")
        try write("new", "\(whole)/b")
        for name in ["b", "c"] { try write("old", "\(place.path)/\(name)") }
        try StagedFolder.recover(place.path)
        #expect(Folder.entries(of: place.path) == ["a", "b"])
        for name in ["a", "b"] { #expect(try place.text(name) == "new") }
    }

    @Test(
        "A list of moves that leads out of the folder touches nothing",
        arguments: ["../outside", "/tmp/outside", "link/outside", "a/../../outside", ""])
    func aListLeadsNowhereElse(_ name: String) throws {
        let place = try TestFolder()
        try Folder.makeAll("\(place.path)/run/.mocktail-commit")
        try write("", "\(place.path)/run/.mocktail-commit/.mocktail")
        try write("mine", "\(place.path)/outside")
        try Folder.link("\(place.path)/run/link", to: "..")
        try write("-\(name)\n", "\(place.path)/run/.mocktail-commit/files")
        #expect(throws: FileError.self) { try StagedFolder.recover("\(place.path)/run") }
        #expect(try place.text("outside") == "mine")
    }

    @Test("What a killed process has left is not in the way") func leftoversAreNotInTheWay() throws {
        let place = try TestFolder()
        try Folder.makeAll("\(place.path)/.run.mocktail-part/sub")
        try write("half", "\(place.path)/.run.mocktail-part/sub/x")
        try write("", "\(place.path)/.run.mocktail-part/.mocktail")
        let staged = try StagedFolder("\(place.path)/run")
        try write("1", "\(staged.stagingPath)/a")
        try staged.commit(["a"], removing: [])
        #expect(place.names == ["run/a"])
    }

    @Test("What has the hidden folder's name and is not ours is not touched", arguments: ["folder", "file", "link"])
    func whatIsNotOursIsNotTouched(_ what: String) throws {
        let place = try TestFolder()
        try Folder.make("\(place.path)/own")
        try write("mine", "\(place.path)/own/thesis")
        let run = "\(place.path)/run"
        try Folder.make(run)
        for hidden in ["\(place.path)/.new.mocktail-part", "\(run)/.mocktail-part", "\(run)/.mocktail-commit"] {
            switch what {
            case "folder":
                try Folder.make(hidden)
                try write("mine", "\(hidden)/files")
            case "file": try write("mine", hidden)
            default: try Folder.link(hidden, to: "\(place.path)/own")
            }
        }
        let names = place.names
        #expect(throws: FileError.self) { try StagedFolder("\(place.path)/new") }
        #expect(throws: FileError.self) { try StagedFolder(run) }
        try StagedFolder.recover(run)
        #expect(place.names == names)
        #expect(try place.text("own/thesis") == "mine")
    }

    @Test("Two writers of one folder: the second is refused", arguments: [false, true])
    func theSecondWriterIsRefused(exists: Bool) throws {
        let place = try TestFolder()
        let path = "\(place.path)/run"
        if exists { try Folder.make(path) }
        let first = try StagedFolder(path)
        let error = #expect(throws: FileError.self) { try StagedFolder(path) }
        #expect(
            error?.description == "another process is writing to \(path); wait for its end, or choose another place")
        try write("1", "\(first.stagingPath)/a")
        try first.commit(["a"], removing: [])
        #expect(try place.text("run/a") == "1")
        _ = try StagedFolder(path)
    }
}
