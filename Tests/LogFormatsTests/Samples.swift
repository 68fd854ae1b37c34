#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Captured records that lie outside of the package; tests that need them are skipped where they are absent.
///
/// They are looked for under `formats/samples` of the folder that `MOCKTAIL_SHARED` names, or of `shared` next to the
/// package.
enum Samples {
    static func exists(_ name: String) -> Bool {
        FileManager.default.isReadableFile(atPath: path(name))
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    /// The lines of a file without their newlines; empty lines are left out.
    static func lines(_ name: String) throws -> [[UInt8]] {
        try bytes(name).split(separator: 10).map(Array.init)
    }

    private static func path(_ name: String) -> String {
        let shared =
            ProcessInfo.processInfo.environment["MOCKTAIL_SHARED"]
            ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared").path
        return "\(shared)/formats/samples/\(name)"
    }
}
