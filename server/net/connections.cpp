#include "server/net/connections.hpp"

#include <vector>

namespace holdfast::net {

connections::entry::entry(connections& all, stop_one stop) : all_(all)
{
    std::lock_guard const hold(all_.guard_);
    place_ = all_.open_.insert(all_.open_.end(), std::move(stop));
    ++all_.count_;
}

connections::entry::~entry()
{
    std::lock_guard const hold(all_.guard_);
    all_.open_.erase(place_);
    --all_.count_;
}

void connections::entry::change(stop_one stop)
{
    {
        std::lock_guard const hold(all_.guard_);
        *place_ = stop;
    }
    if (all_.stopping()) stop();
}

void connections::stop_all()
{
    stopping_ = true;
    std::vector<stop_one> open;
    {
        std::lock_guard const hold(guard_);
        open.assign(open_.begin(), open_.end());
    }
    for (auto const& stop : open)
        stop();
}

} // namespace holdfast::net
