import Foundation
import SystemFiles
import TestSupport
import Testing

@Suite("Files that are written whole or not at all")
struct AtomicFileTests {
    @Test("A file gets its name when it is whole, and replaces what was there")
    func whole() throws {
        let folder = try TestFolder()
        try Data("old".utf8).write(to: URL(filePath: "\(folder.path)/a"))
        let file = try AtomicFile("\(folder.path)/a")
        try file.write(Array("ne".utf8))
        try file.write(Array("w".utf8))
        #expect(try folder.text("a") == "old")
        #expect(folder.names == ["a", "a.part"])
        try file.finish()
        #expect(try folder.text("a") == "new")
        #expect(folder.names == ["a"])
    }

    @Test("What is given up leaves nothing, unless it is to stay")
    func givenUp() throws {
        let folder = try TestFolder()
        do {
            let file = try AtomicFile("\(folder.path)/a")
            try file.write([1])
        }
        #expect(folder.names == [])
        let file = try AtomicFile("\(folder.path)/b")
        try file.write(Array("whole half".utf8))
        #expect(file.cut(to: 5))
        file.leave()
        #expect(folder.names == ["b.part"])
        #expect(try folder.text("b.part") == "whole")
    }

    @Test("A device is written to directly")
    func device() throws {
        try AtomicFile.write("text", to: "/dev/null")
        #expect(PathKind.at("/dev/null.part") == nil)
    }

    @Test("A link stays, and the file that it leads to is replaced")
    func link() throws {
        let folder = try TestFolder()
        try AtomicFile.write("old", to: "\(folder.path)/a")
        try Folder.link("\(folder.path)/link", to: "a")
        try Folder.link("\(folder.path)/nowhere", to: "b")
        try AtomicFile.write("new", to: "\(folder.path)/link")
        try AtomicFile.write("new", to: "\(folder.path)/nowhere")
        #expect(try folder.text("a") == "new" && folder.text("b") == "new")
        for name in ["link", "nowhere"] {
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/\(name)").count == 1)
        }
    }

    @Test("Nothing is written through a link that stands where the part goes")
    func partLink() throws {
        let folder = try TestFolder()
        try Folder.link("\(folder.path)/a.part", to: "target")
        let error = #expect(throws: FileError.self) { try AtomicFile.write("new", to: "\(folder.path)/a") }
        #expect(error?.description == "\(folder.path)/a.part is a symbolic link; remove it, or choose another place")
        #expect(Folder.entries(of: folder.path) == ["a.part"])
    }

    @Test("Two writers of one file: the second is refused, and afterwards let in")
    func twoWriters() throws {
        let folder = try TestFolder()
        let first = try AtomicFile("\(folder.path)/a")
        try first.write(Array("first".utf8))
        let error = #expect(throws: FileError.self) { try AtomicFile("\(folder.path)/a") }
        #expect(error?.cause == .locked)
        try first.finish()
        #expect(try folder.text("a") == "first")
        try AtomicFile.write("second", to: "\(folder.path)/a")
        #expect(try folder.text("a") == "second")
    }

    @Test("What is wrong is one sentence")
    func problems() throws {
        let folder = try TestFolder()
        let error = #expect(throws: FileError.self) { try AtomicFile.write("", to: "\(folder.path)/none/a") }
        #expect(error?.description == "cannot write \(folder.path)/none/a: no such file or directory")
        let other = #expect(throws: FileError.self) { try AtomicFile.write("", to: folder.path) }
        #expect(other?.description == "\(folder.path) is a folder; name a file")
    }

    @Test("A new file is appended to, and one that exists is never touched")
    func appended() throws {
        let folder = try TestFolder()
        let file = try AppendedFile(creating: "\(folder.path)/a")
        try file.append(Array("a".utf8))
        try file.append(Array("b".utf8))
        file.close()
        #expect(try folder.text("a") == "ab")
        let error = #expect(throws: FileError.self) { try AppendedFile(creating: "\(folder.path)/a") }
        #expect(error?.cause == .exists)
    }

    @Test("A folder is made once; a disk tells its space also below what is not there yet")
    func folders() throws {
        let folder = try TestFolder()
        try Folder.make("\(folder.path)/a")
        try Folder.make("\(folder.path)/a")
        #expect(PathKind.isFolder("\(folder.path)/a"))
        #expect(throws: FileError.self) { try Folder.make("\(folder.path)/b/c") }
        #expect(try #require(Folder.freeBytes(at: "\(folder.path)/x/y/z")) > 0)
    }
}
