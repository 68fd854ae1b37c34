import Foundation
import SystemFiles
import TestSupport
import Testing

@Suite("What stops a folder is found before anything changes")
struct StagedFolderGuardTests {
    private func write(_ text: String, _ path: String) throws { try AtomicFile.write(text, to: path) }

    private func attributes(_ path: String, _ attributes: [FileAttributeKey: Any]) throws {
        try FileManager.default.setAttributes(attributes, ofItemAtPath: path)
    }

    /// Puts something in the way of a folder's file `sub/c`, and gives its name and the sentence about it.
    private func block(_ place: String, with what: String) throws -> (name: String, sentence: String) {
        let (sub, file) = ("\(place)/sub", "\(place)/sub/c")
        switch what {
        case "linked folder":
            try Folder.link(sub, to: "/")
            return ("sub", "\(sub) is a symbolic link; remove it, or choose another place")
        case "file for a folder":
            try write("mine", sub)
            let sentence = "is not a folder, and files are to be written in it; move it away, or choose another place"
            return ("sub", "\(sub) \(sentence)")
        case "pipe":
            try Folder.make(sub)
            #expect(mkfifo(file, 0o644) == 0)
        default:
            try Folder.makeAll("\(file)/mine")
        }
        let sentence = "is not a file, and a file is to be written there; move it away, or choose another place"
        return ("sub", "\(file) \(sentence)")
    }

    private static let obstacles = ["linked folder", "file for a folder", "pipe", "folder for a file"]

    @Test("Before the work, if the names are known", arguments: obstacles)
    func beforeTheWork(_ what: String) throws {
        let place = try TestFolder()
        try write("old", "\(place.path)/a")
        let obstacle = try block(place.path, with: what)
        let error = #expect(throws: FileError.self) { try StagedFolder(place.path, names: ["a", "sub/c"]) }
        #expect(error?.description == obstacle.sentence)
        #expect(Folder.entries(of: place.path) == ["a", obstacle.name])
    }

    @Test("And again before the first move, for what came meanwhile", arguments: obstacles)
    func beforeTheFirstMove(_ what: String) throws {
        let place = try TestFolder()
        try write("old", "\(place.path)/a")
        do {
            let staged = try StagedFolder(place.path, names: ["a", "sub/c"])
            try Folder.make("\(staged.stagingPath)/sub")
            for name in ["a", "sub/c"] { try write("new", "\(staged.stagingPath)/\(name)") }
            let obstacle = try block(place.path, with: what)
            let error = #expect(throws: FileError.self) { try staged.commit(["a", "sub/c"], removing: []) }
            #expect(error?.description == obstacle.sentence)
        }
        #expect(try place.text("a") == "old")
        #expect(Folder.entries(of: place.path) == ["a", "sub"])
    }

    @Test("Unfinished moves of a killed process wait until nothing is in their way", arguments: obstacles)
    func unfinishedMovesWait(_ what: String) throws {
        let place = try TestFolder()
        let whole = "\(place.path)/.mocktail-commit"
        try Folder.makeAll("\(whole)/sub")
        try write("", "\(whole)/.mocktail")
        try write("-b\n+a\n+sub/c\n", "\(whole)/files")
        for name in ["a", "sub/c"] { try write("new", "\(whole)/\(name)") }
        for name in ["a", "b"] { try write("old", "\(place.path)/\(name)") }
        let obstacle = try block(place.path, with: what)
        let error = #expect(throws: FileError.self) { try StagedFolder.recover(place.path) }
        #expect(error?.description == obstacle.sentence)
        for name in ["a", "b"] { #expect(try place.text(name) == "old") }
        Folder.removeAll("\(place.path)/sub")
        try StagedFolder.recover(place.path)
        #expect(place.names == ["a", "sub/c"])
        for name in ["a", "sub/c"] { #expect(try place.text(name) == "new") }
        #expect(Folder.entries(of: place.path) == ["a", "sub"])
    }

    @Test("A folder that may not be written to", .enabled(if: geteuid() != 0, "the superuser may write everywhere"))
    func unwritableFolder() throws {
        let place = try TestFolder()
        let sub = "\(place.path)/sub"
        try Folder.make(sub)
        try attributes(sub, [.posixPermissions: 0o555])
        let error = #expect(throws: FileError.self) { try StagedFolder(place.path, names: ["sub/c"]) }
        #expect(error?.description == "cannot write \(sub): permission denied")
        try attributes(sub, [.posixPermissions: 0o755])
    }

    @Test("A hidden folder that others can change is not used", arguments: ["beside", "within", "whole"])
    func foreignHiddenFolder(_ kind: String) throws {
        let place = try TestFolder()
        let run = "\(place.path)/run"
        if kind != "beside" { try Folder.make(run) }
        let hidden =
            switch kind {
            case "beside": "\(place.path)/.run.mocktail-part"
            case "within": "\(run)/.mocktail-part"
            default: "\(run)/.mocktail-commit"
            }
        try Folder.make(hidden)
        try write("", "\(hidden)/.mocktail")
        if kind == "whole" { try write("-a\n", "\(hidden)/files") }
        var strangers: [[FileAttributeKey: Any]] = [[.posixPermissions: 0o777], [.posixPermissions: 0o775]]
        if geteuid() == 0 { strangers.append([.posixPermissions: 0o755, .ownerAccountID: 65_534]) }
        let names = place.names
        for stranger in strangers {
            try attributes(hidden, stranger)
            let error = #expect(throws: FileError.self) { try StagedFolder(run) }
            #expect(
                error?.description
                    == "\(hidden) belongs to another user, or others can write to it; remove it, or choose another place"
            )
            #expect(place.names == names)
        }
        if geteuid() == 0 { try attributes(hidden, [.ownerAccountID: 0]) }
        try attributes(hidden, [.posixPermissions: 0o755])
        _ = try StagedFolder(run)
    }

    @Test("A hidden folder that is half removed is ours until its mark is gone")
    func halfRemoved() throws {
        let place = try TestFolder()
        let whole = "\(place.path)/.mocktail-commit"
        try Folder.make(whole)
        try write("", "\(whole)/.mocktail")
        try StagedFolder.recover(place.path)
        #expect(Folder.entries(of: place.path) == [])
        // Killed between the mark and the folder.
        try Folder.make(whole)
        let staged = try StagedFolder(place.path)
        try write("new", "\(staged.stagingPath)/a")
        try staged.commit(["a"], removing: [])
        #expect(Folder.entries(of: place.path) == ["a"])
    }

    @Test("Somebody's own folder in place of the whole hidden one is found before the work")
    func strangeWhole() throws {
        let place = try TestFolder()
        let whole = "\(place.path)/.mocktail-commit"
        try Folder.makeAll("\(whole)/mine")
        let error = #expect(throws: FileError.self) { try StagedFolder(place.path) }
        #expect(error?.cause == .exists && error?.path == whole)
        #expect(Folder.entries(of: place.path) == [".mocktail-commit"])
    }

    @Test("Names as long as the file system allows work, and longer ones are refused at once")
    func longNames() throws {
        let place = try TestFolder()
        for name in [String(repeating: "x", count: 241), String(repeating: "x", count: 255)] {
            let staged = try StagedFolder("\(place.path)/\(name)")
            try write("1", "\(staged.stagingPath)/a")
            try staged.commit(["a"], removing: [])
            #expect(try place.text("\(name)/a") == "1")
        }
        let longest = String(repeating: "é", count: 127)
        try write("1", "\(place.path)/\(longest)")
        #expect(try place.text(longest) == "1")
        let names = place.names
        let long = "\(place.path)/\(String(repeating: "y", count: 256))"
        for path in [long, "\(place.path)/\(String(repeating: "é", count: 128))"] {
            let folder = #expect(throws: FileError.self) { try StagedFolder(path) }
            #expect(folder?.description.hasSuffix(": file name too long") == true)
            let file = #expect(throws: FileError.self) { try AtomicFile(path) }
            #expect(file?.description.hasSuffix(": file name too long") == true)
        }
        // The folder could be made, but not a file in it.
        let deep = (0..<19).map { _ in String(repeating: "z", count: 200) }.joined(separator: "/")
        let room = 4_090 - place.path.utf8.count - deep.utf8.count - 2
        if room > 0, room < 255 {
            let path = "\(place.path)/\(deep)/\(String(repeating: "z", count: room))"
            #expect(throws: FileError.self) { try StagedFolder(path, names: ["sub/file"]) }
        }
        #expect(place.names == names)
        #expect(Folder.entries(of: place.path).count == 3)
    }

    @Test("Two long names with the same beginning do not share their hidden folder")
    func longNamesDiffer() throws {
        let place = try TestFolder()
        let path = "\(place.path)/\(String(repeating: "x", count: 250))"
        let first = try StagedFolder(path + "a")
        let second = try StagedFolder(path + "b")
        #expect(first.stagingPath != second.stagingPath)
        #expect(throws: FileError.self) { try StagedFolder(path + "a") }
    }

    @Test("A folder that is not there has a name of its own", arguments: ["none/..", "none/.", "none/../"])
    func dots(_ name: String) throws {
        let place = try TestFolder()
        let error = #expect(throws: FileError.self) { try StagedFolder("\(place.path)/\(name)") }
        #expect(error?.description.hasSuffix("; name it without . or .. at the end") == true)
        #expect(Folder.entries(of: place.path) == [])
        let staged = try StagedFolder("\(place.path)/.")
        try write("1", "\(staged.stagingPath)/a")
        try staged.commit(["a"], removing: [])
        #expect(place.names == ["a"])
    }

    @Test("A reserved folder has one owner, and goes if it stays empty")
    func reserved() throws {
        let place = try TestFolder()
        let path = "\(place.path)/above/all"
        do {
            let first = try ReservedFolder(path)
            let error = #expect(throws: FileError.self) { try ReservedFolder(path) }
            #expect(error?.cause == .locked)
            withExtendedLifetime(first) {}
        }
        #expect(Folder.entries(of: place.path) == [])
        do {
            let second = try ReservedFolder(path)
            try write("1", "\(path)/a")
            withExtendedLifetime(second) {}
        }
        #expect(place.names == ["above/all/a"])
        for wrong in ["\(path)/a", "\(place.path)/none/..", ""] {
            #expect(throws: FileError.self) { try ReservedFolder(wrong) }
        }
    }

    @Test("The unfinished file of a link is beside what the link leads to")
    func partOfALink() throws {
        let place = try TestFolder()
        try Folder.make("\(place.path)/other")
        try write("old", "\(place.path)/other/a")
        try Folder.link("\(place.path)/link", to: "other/a")
        let file = try AtomicFile("\(place.path)/link")
        try file.write(Array("new".utf8))
        file.leave()
        let part = AtomicFile.partPath(of: "\(place.path)/link")
        #expect(part == file.writtenPath && part.hasSuffix("/other/a.part"))
        #expect(try place.text("other/a.part") == "new")
        #expect(AtomicFile.partPath(of: "name") == "name.part" && AtomicFile.partPath(of: "/x/y") == "/x/y.part")
    }
}
