/// The three shapes in which records leave the service.
public enum Channel: String, Sendable, Hashable, CaseIterable {
    /// The elements of the pull API's `logs`.
    case poll
    /// Lines of objects in S3 and compatible stores: the only form with both `logged` and `eventTime`.
    case object
    /// The envelopes of log streaming to HTTP collectors.
    case stream
}
