package import ScenarioSpec
import SystemFiles

/// Writes a copy of a scenario to a folder, for its user to edit.
package enum ScenarioFolder {
    /// Writes the files of a copy; if one cannot be written, removes again those that are new.
    ///
    /// - Parameters:
    ///   - copy: The scenario's file and its policy files.
    ///   - folder: Where to; it is made if it does not exist. nil for the folder where the program runs.
    ///   - force: Whether files that exist are replaced.
    /// - Returns: The paths that were written.
    /// - Throws: `RunError` if a file exists, or cannot be written.
    package static func write(
        _ copy: ScenarioCopy, to folder: String?, force: Bool
    ) throws(RunError) -> [String] {
        let prefix = folder.map { $0.hasSuffix("/") ? $0 : "\($0)/" } ?? ""
        let files = copy.files.map { (path: prefix + $0.name, text: $0.text) }
        let existing = files.map(\.path).filter(PathKind.isThere)
        guard force || existing.isEmpty else {
            let verb = existing.count == 1 ? "exists" : "exist"
            throw RunError(
                .input, "\(existing.joined(separator: ", ")): \(verb) already; choose another name, or give --force")
        }
        if folder == "" { throw RunError(.input, "--out: the folder has an empty name; name a folder") }
        var made: [String] = []
        if let folder {
            do { made = try Folder.makeAll(folder) } catch { throw RunError(.run, error.description) }
        }
        var written: [String] = []
        for (path, text) in files {
            do { try UserFile.write(text, to: path) } catch {
                for path in written where !existing.contains(path) { Folder.removeAll(path) }
                Folder.removeEmpty(made)
                throw error
            }
            written.append(path)
        }
        return written
    }
}
