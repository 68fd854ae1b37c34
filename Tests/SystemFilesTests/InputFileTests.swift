import Foundation
import SystemFiles
import TestSupport
import Testing

@Suite("Inputs that a user names")
struct InputFileTests {
    private func problem(_ path: String) -> String? {
        do { _ = try InputFile.text(of: path) } catch { return error.description }
        return nil
    }

    @Test("A file is read whole")
    func file() throws {
        let folder = try TestFolder()
        let path = "\(folder.path)/a"
        for count in [0, 1, 65_535, 65_536, 65_537, 300_000] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try Data(bytes).write(to: URL(filePath: path))
            #expect(try InputFile.bytes(of: path) == bytes)
        }
    }

    @Test("A pipe by its name is read to its end", .timeLimit(.minutes(5)))
    func pipe() throws {
        let pipe = Pipe()
        let text = String(repeating: "line\n", count: 10_000)
        let writer = Thread {
            pipe.fileHandleForWriting.write(Data(text.utf8))
            try? pipe.fileHandleForWriting.close()
        }
        writer.start()
        #expect(try InputFile.text(of: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)") == text)
    }

    @Test("What is wrong is one sentence")
    func problems() throws {
        let folder = try TestFolder()
        #expect(problem("\(folder.path)/none") == "there is no file \(folder.path)/none")
        #expect(problem(folder.path) == "\(folder.path) is a folder; name a file")
        let file = "\(folder.path)/latin"
        try Data([0x66, 0xFC]).write(to: URL(filePath: file))
        #expect(problem(file) == "\(file) is not text in UTF-8")
        #expect(problem("\(file)/below") == "there is no file \(file)/below")
        let long = String(repeating: "x", count: 300)
        let shown = "\(String(repeating: "x", count: 120))…\(String(repeating: "x", count: 79))"
        #expect(problem(long) == "cannot read \(shown): file name too long")
    }

    @Test("Where only a file may be, a pipe or device is refused and not waited for", .timeLimit(.minutes(5)))
    func regularFiles() throws {
        let folder = try TestFolder()
        let pipe = "\(folder.path)/pipe"
        #expect(mkfifo(pipe, 0o644) == 0)
        for (name, target) in [("link", "pipe"), ("device", "/dev/zero"), ("folder", ".")] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/\(name)", withDestinationPath: target)
        }
        for name in ["pipe", "link", "device", "folder"] {
            let path = "\(folder.path)/\(name)"
            let sentence = "\(path) is not a regular file"
            let bytes = #expect(throws: FileError.self) { try InputFile.bytes(of: path, isRegular: true) }
            let blocks = #expect(throws: FileError.self) { try InputFile.forEachBlock(of: path, upTo: 9) { _ in } }
            let lines = #expect(throws: FileError.self) { try LineReader(path, isRegular: true) }
            #expect([bytes, blocks, lines].map { $0?.description } == [sentence, sentence, sentence])
        }
        let missing = "\(folder.path)/none"
        let error = #expect(throws: FileError.self) { try InputFile.bytes(of: missing, isRegular: true) }
        #expect(error?.description == "there is no file \(missing)")
    }

    @Test("Blocks end at the limit", arguments: [0, 1, 9, 10, 11, 3_000_000])
    func blocks(_ limit: Int) throws {
        let folder = try TestFolder()
        let path = "\(folder.path)/a"
        for size in [10, 2_500_000] {
            try Data(repeating: 1, count: size).write(to: URL(filePath: path))
            var count = 0
            try InputFile.forEachBlock(of: path, upTo: limit) { count += $0.count }
            #expect(count == min(size, limit))
        }
    }

    @Test("A path is a file, a folder, something else or nothing")
    func kinds() throws {
        let folder = try TestFolder()
        try Data().write(to: URL(filePath: "\(folder.path)/a"))
        #expect(PathKind.at("\(folder.path)/a") == .file)
        #expect(PathKind.at(folder.path) == .folder)
        #expect(PathKind.at("/dev/null") == .other)
        #expect(PathKind.at("\(folder.path)/b") == nil)
        #expect(PathKind.isReadable("/dev/null") && !PathKind.isReadable(folder.path))
    }

    @Test("What has no end is not read for ever") func whatHasNoEndIsNotReadForEver() {
        let error = #expect(throws: FileError.self) { try InputFile.text(of: "/dev/zero") }
        #expect(error?.description == "/dev/zero is larger than 32 MiB")
    }
}
