using System.Collections.Concurrent;
using RnnGen.Cli.Compilation;

namespace RnnGen.Formats.Tests;

/// <summary>Compiled networks: those of one source are compiled once, for that is nearly all of what these tests take.</summary>
internal static class Compilations
{
    private static readonly ConcurrentDictionary<string, Lazy<byte[]>> Images = new(StringComparer.Ordinal);

    public static CompiledNetwork Of(ModelDescription model)
    {
        string source = CompiledNetwork.Source(model);
        return CompiledNetwork.Load(model, Images.GetOrAdd(source, _ => new Lazy<byte[]>(() => SourceCompiler.Compile(source))).Value);
    }
}
