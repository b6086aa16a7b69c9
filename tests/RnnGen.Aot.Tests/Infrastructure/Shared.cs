using System.Collections.Concurrent;

namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>What tests share and what lies in the folder of a test run: made once, and anew where that folder has been deleted meanwhile.</summary>
/// <param name="make">Makes it.</param>
internal sealed class Shared<T>(Func<T> make)
{
    private readonly ConcurrentDictionary<int, Lazy<T>> _values = new();

    /// <summary>The one of the folder that is there.</summary>
    public T Value => _values.GetOrAdd(TemporaryFolder.Generation, _ => new Lazy<T>(make)).Value;
}
