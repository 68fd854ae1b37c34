/// The recorders of a lane, in a row.
final class RecorderTable {
    private let recorders = UnsafeVector<Recorder>()

    deinit { for recorder in recorders.elements { recorder.base?.deallocate() } }

    func append(_ recorder: Recorder) { recorders.append(recorder) }

    /// All recorders, as long as none is added.
    @inline(__always)
    var elements: UnsafeMutableBufferPointer<Recorder> { recorders.elements }
}
