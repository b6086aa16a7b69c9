using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Reading;

/// <summary>Collects what is wrong with one class; every message begins with its name.</summary>
internal sealed class ProblemList(INamedTypeSymbol type)
{
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    /// <summary>Whether nothing may be generated.</summary>
    public bool HasError { get; private set; }

    /// <summary>Adds a diagnostic. <paramref name="arguments"/> are {1}, {2} … of its message.</summary>
    public void Add(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
    {
        HasError |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
        _diagnostics.Add(Diagnostic.Create(descriptor, location, [type.Name, .. arguments]));
    }

    /// <summary>All of them in the order in which they were added.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() => _diagnostics.ToImmutable();
}
