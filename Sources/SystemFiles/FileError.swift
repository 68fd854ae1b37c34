import ByteText

/// Why a file cannot be read or written, in one sentence for the user.
package struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    package enum Cause: Sendable, Hashable {
        /// There is no such file.
        case missing
        /// It is a folder.
        case folder
        /// It has more bytes than are read of such a file.
        case tooLarge(megabytes: Int)
        /// The text is not UTF-8.
        case notText
        /// The system refuses to read it.
        case unreadable(SystemError)
        /// It is there and must not be touched.
        case exists
        /// The system refuses to write it.
        case unwritable(SystemError)
        /// The folder cannot be made.
        case unmade(SystemError)
        /// It is written, and cannot get its name.
        case unfinished(SystemError)
        /// Another process writes to it.
        case locked
        /// It is a symbolic link where none may be.
        case link
        /// It is a folder, a pipe or a device, and a file is to be written there.
        case notFile
        /// It is a file, a pipe or a device, and files are to be written in it.
        case notFolder
        /// It is a folder, a pipe or a device, and a file is to be read.
        case notRegular
        /// It is a hidden folder that others than this user can change.
        case foreign
        /// It is whole and cannot be moved to its place.
        case unmoved(SystemError)
        /// There is no such folder, and its name ends in dots.
        case dots
        /// It is a list of files of which one is not inside its folder.
        case leadsOutside
        /// Its name is empty.
        case unnamed
    }

    package let path: String
    package let cause: Cause

    init(_ path: String, _ cause: Cause) {
        self.path = path
        self.cause = cause
    }

    /// What the system says; nil where it is not the system that refuses.
    package var system: SystemError? {
        switch cause {
        case .unreadable(let error), .unwritable(let error), .unmade(let error), .unfinished(let error),
            .unmoved(let error):
            error
        case .missing, .folder, .tooLarge, .notText, .exists, .locked, .link, .notFile, .notFolder, .notRegular,
            .foreign, .dots, .leadsOutside, .unnamed:
            nil
        }
    }

    /// The same, said of another path: of the one that the user gave, where a hidden one failed.
    package func naming(_ path: String) -> FileError { FileError(path, cause) }

    static func reading(_ path: String, _ error: SystemError) -> FileError {
        let isMissing = error == .missing || error == .notFolder
        return FileError(path, isMissing ? .missing : .unreadable(error))
    }

    /// What is wrong, where, and what to do.
    package var description: String {
        let path = path.printable
        return switch cause {
        case .missing: "there is no file \(path)"
        case .folder: "\(path) is a folder; name a file"
        case .tooLarge(let megabytes): "\(path) is larger than \(megabytes) MiB"
        case .notText: "\(path) is not text in UTF-8"
        case .unreadable(let error): "cannot read \(path): \(error)"
        case .exists: "cannot create \(path): it exists already; choose another place or remove it"
        case .unwritable(let error): "cannot write \(path): \(error)"
        case .unmade(let error): "cannot create the folder \(path): \(error)"
        case .unfinished(let error): "cannot finish \(path): \(error)"
        case .locked: "another process is writing to \(path); wait for its end, or choose another place"
        case .link: "\(path) is a symbolic link; remove it, or choose another place"
        case .notFile: "\(path) is not a file, and a file is to be written there; move it away, or choose another place"
        case .notFolder:
            "\(path) is not a folder, and files are to be written in it; move it away, or choose another place"
        case .notRegular: "\(path) is not a regular file"
        case .foreign:
            "\(path) belongs to another user, or others can write to it; remove it, or choose another place"
        case .unmoved(let error):
            "cannot move the new file to \(path): \(error); make its folder writable, and give the command again"
        case .dots: "there is no folder \(path), and none of that name can be made; name it without . or .. at the end"
        case .leadsOutside: "\(path) names a file outside of its folder; remove it"
        case .unnamed: "the name of the file or folder is empty; name one"
        }
    }
}
