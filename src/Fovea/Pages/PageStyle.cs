using System.Reflection;

namespace Fovea.Pages;

/// <summary>The style of every page that Fovea writes: type, colours of light and dark, tables, tiles and charts. A page adds its own rules behind it.</summary>
internal static class PageStyle
{
    /// <summary>The rules that all pages share.</summary>
    public static string Shared { get; } = Resource(typeof(PageStyle).Assembly, "Fovea.Pages.page.css");

    /// <summary>A text that is embedded in an assembly.</summary>
    public static string Resource(Assembly assembly, string name)
    {
        using Stream resource = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{assembly.GetName().Name} holds no '{name}'.");
        using StreamReader reader = new(resource);
        return reader.ReadToEnd();
    }
}
