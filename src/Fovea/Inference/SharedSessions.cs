namespace Fovea.Inference;

/// <summary>
/// Sessions by key, each made once, by the first caller who wants it and outside of the common lock: who wants the same one waits for it, who wants
/// another goes on. Disposing while callers are inside lets them finish; the last of them frees everything. Safe to use from many threads.
/// </summary>
/// <param name="owner">What <see cref="ObjectDisposedException"/> names.</param>
/// <param name="free">Called once after the last session is disposed.</param>
internal sealed class SharedSessions<TKey, TSession>(string owner, Action free) : IDisposable
    where TKey : notnull
    where TSession : class, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Place> _places = [];
    private int _inside;
    private bool _isDisposed;

    /// <summary>Uses the session of a key.</summary>
    /// <param name="key">Which.</param>
    /// <param name="make">Makes it, when nobody has; when that fails, the next caller tries again.</param>
    /// <param name="use">Called on the caller's thread.</param>
    /// <exception cref="ObjectDisposedException">The sessions were disposed.</exception>
    public TResult Use<TResult>(TKey key, Func<TSession> make, Func<TSession, TResult> use)
    {
        Place place = Enter(key);
        try
        {
            return use(place.GetOrMake(make));
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            if (_inside == 0) Free();
        }
    }

    private Place Enter(TKey key)
    {
        lock (_gate)
        {
            if (_isDisposed) throw Disposed();
            if (!_places.TryGetValue(key, out Place? place)) _places.Add(key, place = new Place());
            _inside++;
            return place;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _inside--;
            if (_isDisposed && _inside == 0) Free();
        }
    }

    private void Free()
    {
        foreach (Place place in _places.Values) place.Session?.Dispose();
        free();
    }

    private ObjectDisposedException Disposed() => new(owner);

    // Lazy would remember a failure.
    private sealed class Place
    {
        private readonly Lock _making = new();

        public TSession? Session { get; private set; }

        public TSession GetOrMake(Func<TSession> make)
        {
            lock (_making) return Session ??= make();
        }
    }
}
