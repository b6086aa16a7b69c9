using RnnGen.Cli.Compilation;
using RnnGen.Cli.Verification;

namespace RnnGen.Formats.Tests;

/// <summary>A file, read, compiled and verified as <c>rnngen import</c> does it.</summary>
internal sealed class Imported : IDisposable
{
    private readonly CompiledNetwork _compiled;

    private Imported(ModelDescription model)
    {
        Model = model;
        _compiled = Compilations.Of(model);
        Report = ModelVerifier.Verify(model, _compiled);
    }

    public ModelDescription Model { get; }

    public NetworkRunner Network => _compiled.Network;

    public VerificationReport Report { get; }

    /// <summary>A file of the folder beside the repository; skips the test where it is absent.</summary>
    public static Imported Shared(params string[] path) => new(ModelFormats.Read(RnnGen.Tests.SharedFolder.Get(path)));

    public static Imported Of(ModelFile file) => new(ModelFormats.Read(file, ImportOptions.Default));

    public static Imported Of(ModelDescription model) => new(model);

    public void Dispose() => _compiled.Dispose();
}
