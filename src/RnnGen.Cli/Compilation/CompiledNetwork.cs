using System.Reflection;
using System.Runtime.Loader;
using RnnGen.Formats;

namespace RnnGen.Cli.Compilation;

/// <summary>The network of a description, compiled by the generator in this process, with the description's weights.</summary>
internal sealed class CompiledNetwork : IDisposable
{
    // The class's name if nobody sees it: the assembly is loaded on its own.
    private const string Name = "ImportedModel";

    private readonly AssemblyLoadContext _context;

    private CompiledNetwork(AssemblyLoadContext context, NetworkRunner network) => (_context, Network) = (context, network);

    /// <summary>The network.</summary>
    public NetworkRunner Network { get; }

    /// <summary>Compiles and loads a network under an internal class name.</summary>
    /// <inheritdoc cref="Compile(ModelDescription, ClassOptions, bool)"/>
    public static CompiledNetwork Compile(ModelDescription model) => Load(model, SourceCompiler.Compile(Source(model)));

    /// <summary>Compiles and loads a network under the name that it will have.</summary>
    /// <exception cref="FormatException">The generator or the compiler rejects it; the message has their diagnostics.</exception>
    /// <param name="model">The network.</param>
    /// <param name="options">How its class is called.</param>
    /// <param name="takesWeights">Whether it gets the description's weights, or keeps its initial ones.</param>
    public static CompiledNetwork Compile(ModelDescription model, ClassOptions options, bool takesWeights = true) => Load(
        model,
        SourceCompiler.Compile(ClassWriter.Write(model, options)),
        options.Namespace.Length > 0 ? $"{options.Namespace}.{options.Name}" : options.Name,
        takesWeights);

    /// <summary>The source of a network's class.</summary>
    public static string Source(ModelDescription model) => ClassWriter.Write(model, new ClassOptions { Name = Name });

    /// <summary>Loads a compiled network: that of <see cref="Source"/> unless it has another name.</summary>
    public static CompiledNetwork Load(ModelDescription model, byte[] image, string name = Name, bool takesWeights = true)
    {
        var context = new AssemblyLoadContext(name, isCollectible: true);
        try
        {
            using var stream = new MemoryStream(image);
            Type type = context.LoadFromStream(stream).GetType(name, throwOnError: true)!;
            var network = (NetworkRunner)Activator.CreateInstance(typeof(NetworkRunner<>).MakeGenericType(type))!;
            if (takesWeights)
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
