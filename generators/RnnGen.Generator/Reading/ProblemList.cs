using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Reading;

/// <summary>Collects what is wrong with one class; every message begins with its name.</summary>
internal sealed class ProblemList(INamedTypeSymbol type)
{
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    /// <summary>Whether nothing may be generated.</summary>
    public bool HasError { get; private set; }

    /// <summary>Adds a diagnostic. <paramref name="arguments"/> are {1}, {2} … of its message.</summary>
    public void Add(DiagnosticDescriptor descriptor, Location location, params object[] arguments) => Add(descriptor, location, FixProperties.None, arguments);

    /// <summary>The same with what a code fix needs.</summary>
    public void Add(DiagnosticDescriptor descriptor, Location location, ImmutableDictionary<string, string?> fix, params object[] arguments)
    {
        // Of an unknown option the compiler says the same, and a network without it is there until its name is typed to the end.
        HasError |= descriptor.DefaultSeverity == DiagnosticSeverity.Error && descriptor != DiagnosticDescriptors.UnknownOption;
        _diagnostics.Add(Diagnostic.Create(descriptor, location, fix, [type.Name, .. arguments]));
    }

    /// <summary>All of them in the order in which they were added.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() => _diagnostics.ToImmutable();
}
