import Foundation

/// The drawing of the modules, which `Scripts/modules` makes.
enum ModuleDrawing {
    /// An error of the script, or that python3 is missing.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// The text of the drawing as it should be now.
    static func draw() throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-B", SourceTree.root.appending(path: "Scripts/modules").path, "-"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0, !text.isEmpty else {
            throw Failure(description: "Scripts/modules could not draw: status \(process.terminationStatus)")
        }
        return String(decoding: text, as: UTF8.self)
    }
}
