import ByteText
import FoundationEssentials
package import Scoring
import SystemFiles
import TailnetModel
import Truth

/// Scores a detector's alerts on the folders of `mocktail fixtures`.
package enum FixtureResults {
    /// The scores of all folders below one.
    ///
    /// - Parameters:
    ///   - path: the folder that `mocktail fixtures --out` wrote.
    ///   - files: names of the files with alerts in each folder; a folder without one has no alerts.
    ///   - score: scores a folder by its path and the files that are there.
    /// - Throws: `RunError` if there are no fixtures, or no alerts in any of them.
    package static func read(
        at path: String, files: [String], score: (String, [String]) throws -> Score
    ) throws -> FixtureScores {
        let manager = FileManager.default
        func entries(_ folder: String) -> [String] {
            ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        }
        var folders: [FixtureScores.Folder] = []
        var withAlerts = 0
        for kind in entries(path) where PathKind.isFolder("\(path)/\(kind)") {
            var own: [FixtureScores.Folder] = []
            for name in entries("\(path)/\(kind)") {
                let folder = "\(path)/\(kind)/\(name)"
                guard PathKind.isThere("\(folder)/expected.json") else { continue }
                let bytes = try UserFile.bytes(of: "\(folder)/expected.json", isRegular: true)
                guard let expected = try? JSONValue.parse(bytes),
                    let variant = expected["variant"]?.string.flatMap({ IncidentVariant(rawValue: $0) })
                else { throw RunError(.input, "\(folder)/expected.json: not a file that mocktail fixtures wrote") }
                let there = files.map { "\(folder)/\($0)" }.filter(PathKind.isThere)
                // Nobody waits at the pipes of a folder.
                if let other = there.first(where: { PathKind.at($0) != .file }) {
                    throw RunError(.input, "\(other) is not a regular file; write the detector's alerts to a file")
                }
                if !there.isEmpty { withAlerts += 1 }
                own.append(
                    FixtureScores.Folder(
                        kind: kind, variant: variant, mutation: expected["mutation"]?["text"]?.string, name: name,
                        score: try score(folder, there)))
            }
            let order = IncidentVariant.allCases
            folders += own.filter { $0.mutation == nil }.sorted {
                (order.firstIndex(of: $0.variant) ?? 0) < (order.firstIndex(of: $1.variant) ?? 0)
            }
            folders += own.filter { $0.mutation != nil }
        }
        guard !folders.isEmpty else {
            throw RunError(.input, "there are no fixtures in \(path); write some with mocktail fixtures --out \(path)")
        }
        guard withAlerts > 0 else {
            throw RunError(
                .input,
                "no folder in \(path) has alerts; write the detector's alerts to \(files[0]) in each folder, or name "
                    + "the file with --alerts")
        }
        return FixtureScores(folders)
    }
}
