import Truth
import ByteText
import Dataset
import FoundationEssentials
import Replay
import Scoring
import TailnetModel

/// Scores what a detector made of the folders of `mocktail fixtures`.
enum FixtureResults {
    /// The scores of all folders below one.
    ///
    /// - Parameters:
    ///   - path: the folder that `mocktail fixtures --out` wrote.
    ///   - files: names of the alerts' files in each folder; a folder without one has no alerts.
    ///   - score: scores a folder by its path and the files that are there.
    /// - Throws: `RunError` where there are no fixtures, or no alerts in any of them.
    static func read(
        at path: String, files: [String], score: (String, [String]) throws -> Score
    ) throws -> FixtureScores {
        let manager = FileManager.default
        func entries(_ folder: String) -> [String] {
            ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        }
        var folders: [FixtureScores.Folder] = []
        var withAlerts = 0
        for kind in entries(path) where FolderManifest.isFolder("\(path)/\(kind)") {
            var own: [FixtureScores.Folder] = []
            for name in entries("\(path)/\(kind)") {
                let folder = "\(path)/\(kind)/\(name)"
                guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/expected.json")) else { continue }
                guard let expected = try? JSONValue.parse(Array(data)),
                    let variant = expected["variant"]?.string.flatMap({ IncidentVariant(rawValue: $0) })
                else { throw RunError(.input, "\(folder)/expected.json: not what mocktail fixtures writes") }
                let there = files.map { "\(folder)/\($0)" }.filter { manager.fileExists(atPath: $0) }
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
                "no folder in \(path) has alerts; let the detector write \(files[0]) into each, or name the file with "
                    + "--alerts")
        }
        return FixtureScores(folders)
    }
}
