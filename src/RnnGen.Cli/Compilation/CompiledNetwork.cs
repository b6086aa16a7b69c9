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

    /// <summary>Compiles and loads a network whose class nobody sees.</summary>
    /// <inheritdoc cref="Compile(ModelDescription, ClassOptions)"/>
    public static CompiledNetwork Compile(ModelDescription model) => Compile(model, new ClassOptions { Name = "ImportedModel" });

    /// <summary>Compiles and loads a network.</summary>
    /// <exception cref="FormatException">The generator or the compiler refuses it; the message has their diagnostics.</exception>
    public static CompiledNetwork Compile(ModelDescription model, ClassOptions options)
    {
        string name = options.Namespace.Length > 0 ? $"{options.Namespace}.{options.Name}" : options.Name;
        byte[] image = SourceCompiler.Compile(ClassWriter.Write(model, options));
        var context = new AssemblyLoadContext(name, isCollectible: true);
        try
        {
            using var stream = new MemoryStream(image);
            Type type = context.LoadFromStream(stream).GetType(name, throwOnError: true)!;
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
