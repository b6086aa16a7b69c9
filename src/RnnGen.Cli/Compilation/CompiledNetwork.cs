using System.Reflection;
using System.Runtime.Loader;
using RnnGen.Formats;

namespace RnnGen.Cli.Compilation;

/// <summary>The network of a description as the generator compiles it, in this process, with the description's weights.</summary>
internal sealed class CompiledNetwork : IDisposable
{
    private readonly AssemblyLoadContext _context;

    private CompiledNetwork(AssemblyLoadContext context, NetworkRunner network) => (_context, Network) = (context, network);

    /// <summary>The network.</summary>
    public NetworkRunner Network { get; }

    // The class's name: the assembly is loaded alone.
    private const string Name = "ImportedModel";

    /// <summary>Compiles and loads a network.</summary>
    /// <exception cref="FormatException">The generator or the compiler refuses it; the message has their diagnostics.</exception>
    public static CompiledNetwork Compile(ModelDescription model) => Load(model, SourceCompiler.Compile(Source(model)));

    /// <summary>The source of a network's class.</summary>
    public static string Source(ModelDescription model) => ClassWriter.Write(model, new ClassOptions { Name = Name });

    /// <summary>Loads a network that was compiled of <see cref="Source"/>.</summary>
    public static CompiledNetwork Load(ModelDescription model, byte[] image)
    {
        var context = new AssemblyLoadContext(Name, isCollectible: true);
        try
        {
            using var stream = new MemoryStream(image);
            Type type = context.LoadFromStream(stream).GetType(Name, throwOnError: true)!;
            var network = (NetworkRunner)Activator.CreateInstance(typeof(NetworkRunner<>).MakeGenericType(type))!;
            network.SetParameters(model);
            return new CompiledNetwork(context, network);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } inner)
        {
            context.Unload();
            throw new FormatException($"the compiled network cannot be constructed: {inner.Message}", inner);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Network.Dispose();
        _context.Unload();
    }
}
